import type { ColumnType } from '../../cells/column-type.js';

/**
 * The type that every value of a column has, by rules that lose nothing: `007`, `1e400`, `-0`, `+1` and numbers of
 * more than 15 significant digits stay strings. Dates are never inferred. Null does not count; a column without values
 * is `string`.
 */
export function inferType(values: Iterable<string | null>): ColumnType {
  const candidates = new Set<keyof typeof patterns>(['integer', 'number', 'boolean']);
  let some = false;
  for (const value of values) {
    if (value === null) continue;
    some = true;
    for (const type of candidates) if (!patterns[type](value)) candidates.delete(type);
    if (candidates.size === 0) return 'string';
  }
  const [first] = candidates;
  return some && first !== undefined ? first : 'string';
}

/** Whether a value of a later batch is one that the type was inferred for. */
export function fitsInferred(type: ColumnType, text: string): boolean {
  return !Object.hasOwn(patterns, type) || patterns[type as keyof typeof patterns](text);
}

/** From narrow to wide: the first that fits all values is taken. */
const patterns = {
  integer: (text: string) => /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)),
  number: (text: string) =>
    /^(0|-?0\.\d+|-?[1-9]\d*(\.\d+)?)(e[+-]?\d+)?$/i.test(text) &&
    digits(text) <= 15 &&
    Number.isFinite(Number(text)) &&
    Object.is(Math.sign(Number(text)), text.startsWith('-') ? -1 : Math.abs(Math.sign(Number(text)))),
  boolean: (text: string) => /^(true|false)$/i.test(text),
};

function digits(text: string): number {
  return text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
}
