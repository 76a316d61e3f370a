/** What a run is given, as short texts that may be shown elsewhere. */
import { shorten } from '@flowerpower/core';
import { summarizeValue } from '../events/summarize-value.js';

const maxLength = 500;
const maxDepth = 4;
const maxEntries = 1000;
/** What stands under such a name is not shown, wherever it comes from. */
const secretName = /passw(?:or)?d|secret|token|credential|api_?key|private_?key|passphrase/i;

/**
 * Values by dotted name: `{ params: { rate: { k: 2 } } }` gives `params.rate.k`. Texts, numbers and booleans as they are,
 * of other values what they are: `array (3)`. What stands under the name of a secret is `***`, and every text is masked.
 */
export function runParameters(
  groups: Readonly<Record<string, unknown>>,
  mask: (text: string) => string = (text) => text,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  let count = 0;
  const add = (name: string, value: unknown, depth: number): void => {
    if (value === undefined || count >= maxEntries) return;
    if (isPlainMap(value) && depth < maxDepth) {
      for (const [key, inner] of Object.entries(value)) add(`${name}.${key}`, inner, depth + 1);
      return;
    }
    count++;
    found[name] = secretName.test(name) ? '***' : shorten(mask(textOf(value)), maxLength);
  };
  for (const [group, values] of Object.entries(groups)) add(group, values, 0);
  return found;
}

function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const isScalar = value === null || typeof value === 'number' || typeof value === 'boolean';
  if (isScalar) return String(value);
  const { type, rows, bytes } = summarizeValue(value);
  const size = rows ?? bytes;
  return size === undefined ? type : `${type} (${size})`;
}
