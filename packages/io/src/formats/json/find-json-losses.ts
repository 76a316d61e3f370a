/** Where parsing a JSON text loses something, exactly: called when the survey suspects it. */
import { losesDigits } from '../../numbers/loses-digits.js';
import { beginsNumber, numberEnd, stringEnd } from './json-text.js';

export interface JsonLoss {
  readonly kind: 'depth' | 'repeated key' | 'digits';
  readonly offset: number;
  /** The key, or the number as it is written. */
  readonly text: string;
  /** Keys and indices that lead to the value. */
  readonly path: readonly (string | number)[];
}

interface Frame {
  /** The keys that an object has had; undefined for an array. */
  readonly keys: Set<string> | undefined;
  step: string | number;
}

/**
 * In the order of the text; ends where the text nests too deeply.
 *
 * @param text - valid JSON.
 */
export function* findJsonLosses(text: string, maxDepth: number): Generator<JsonLoss, void> {
  const open: Frame[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const top = open.at(-1);
    const start = at++;
    if (code === 0x22) {
      at = stringEnd(text, start);
      if (!expectsKey || top?.keys === undefined) continue;
      expectsKey = false;
      const key = JSON.parse(text.slice(start, at)) as string;
      top.step = key;
      if (top.keys.has(key)) yield { kind: 'repeated key', offset: start, text: key, path: pathOf(open) };
      top.keys.add(key);
    } else if (beginsNumber(code)) {
      at = numberEnd(text, start);
      const literal = text.slice(start, at);
      if (losesDigits(literal)) yield { kind: 'digits', offset: start, text: literal, path: pathOf(open) };
    } else if (code === 0x7b || code === 0x5b) {
      if (open.length === maxDepth) {
        yield { kind: 'depth', offset: start, text: '', path: pathOf(open) };
        return;
      }
      expectsKey = code === 0x7b;
      open.push({ keys: expectsKey ? new Set() : undefined, step: 0 });
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      expectsKey = false;
    } else if (code === 0x2c && top !== undefined) {
      expectsKey = top.keys !== undefined;
      if (typeof top.step === 'number') top.step++;
    }
  }
}

function pathOf(open: readonly Frame[]): (string | number)[] {
  return open.map(({ step }) => step);
}
