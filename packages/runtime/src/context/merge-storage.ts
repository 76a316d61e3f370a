import { isRecord } from '@flowerpower/core';

type Options = Readonly<Record<string, unknown>>;

/**
 * Options of a filesystem over others, by the rule of all configuration: maps merge, everything else replaces, `null`
 * takes away.
 */
export function mergeStorage(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isMap(above)) return above;
  const merged = new Map(Object.entries(isMap(below) ? below : {}));
  for (const [key, value] of Object.entries(above)) {
    if (value === null) merged.delete(key);
    else if (value !== undefined) merged.set(key, mergeStorage(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/** An instance of a class, such as a client, is one value. */
function isMap(value: unknown): value is Options {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
