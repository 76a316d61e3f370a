/**
 * Any value as JSON data, for `--json`. Never throws.
 *
 * Dates become ISO texts, bigints decimal texts, maps objects (or lists of pairs), sets and typed arrays lists;
 * `NaN` and infinities become the texts `"NaN"`, `"Infinity"`, `"-Infinity"`; functions, symbols, streams and
 * circular parts become a text in angle brackets that says what was there. `undefined` becomes `null`.
 */
export function toJsonValue(value: unknown): unknown {
  return convert(value, []);
}

function convert(value: unknown, parents: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value.toString();
    case 'function':
      return `<function ${value.name || 'anonymous'}>`;
    case 'symbol':
      return `<${value.toString()}>`;
    default:
      return value === null || value === undefined ? null : convertObject(value, parents);
  }
}

function convertObject(value: object, parents: readonly object[]): unknown {
  if (parents.includes(value)) return '<circular>';
  const inside = [...parents, value];
  const each = (items: Iterable<unknown>) => Array.from(items, (item) => convert(item, inside));
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (Array.isArray(value) || value instanceof Set) return each(value);
  if (value instanceof Map) return convertMap(value, inside);
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) return each(value as never);
  if (Symbol.asyncIterator in value) return '<async iterable>';
  const toJson = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJson === 'function') {
    try {
      return convert(toJson.call(value), inside);
    } catch (error) {
      return `<toJSON failed: ${String(error)}>`;
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item, inside)]));
}

function convertMap(map: ReadonlyMap<unknown, unknown>, parents: readonly object[]): unknown {
  const pairs = [...map].map(([key, item]) => [convert(key, parents), convert(item, parents)] as const);
  return [...map.keys()].every((key) => typeof key === 'string')
    ? Object.fromEntries(pairs as readonly (readonly [string, unknown])[])
    : pairs;
}
