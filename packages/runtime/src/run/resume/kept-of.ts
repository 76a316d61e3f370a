import type { KeptValue } from '../../store/value-files.js';

/** What was kept of what was given then, and is not given anew. */
export function keptOf(
  kept: ReadonlyMap<string, KeptValue>,
  now: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...kept].flatMap(([name, value]) => {
      if (Object.hasOwn(now, name) || !value.isKept) return [];
      const read = value.load();
      return 'damage' in read ? [] : [[name, read.value]];
    }),
  );
}
