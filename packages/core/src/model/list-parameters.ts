/** The parameters that a function lists, in one pass over its text. Knows every form of function, and all that stands between. */
import { closingIndex, endOf, indexOfAny, skipTrivia } from './scan-source.js';

export interface ListedParameter {
  /** Undefined for what has no name: a pattern, a rest, a computed key. */
  readonly name: string | undefined;
  /** True for a default value. */
  readonly optional: boolean;
  /** Where it stands in the text. */
  readonly at: number;
  /** The keys of a parameter that is taken apart as an object. */
  readonly keys: readonly ListedParameter[] | undefined;
}

interface List {
  readonly items: readonly ListedParameter[];
  /** The index of the closing bracket. */
  readonly end: number;
}

/** Undefined when the text is not that of a function, or a default is such that only a parser could tell where it ends. */
export function listParameters(text: string): readonly ListedParameter[] | undefined {
  // The last word, which is the only parameter of an arrow function without brackets.
  let from = 0;
  let to = 0;
  for (let index = skipTrivia(text, 0); index < text.length; index = skipTrivia(text, index)) {
    const char = text[index];
    if (char === '(') {
      const { items, end } = readList(text, index + 1);
      return end < text.length ? items : undefined;
    }
    if (char === '=') {
      if (to === 0) return undefined;
      return [{ name: readName(text, from, to), optional: false, at: from, keys: undefined }];
    }
    const end = nameEnd(text, index);
    if (end > index) [from, to] = [index, end];
    index = end > index ? end : char === '[' ? closingIndex(text, index) + 1 : index + 1;
  }
  return undefined;
}

function readList(text: string, from: number): List {
  const items: ListedParameter[] = [];
  let index = skipTrivia(text, from);
  while (index < text.length && text[index] !== ')' && text[index] !== '}') {
    const at = index;
    const inner = text[at] === '{' ? readList(text, at + 1) : undefined;
    const end = inner === undefined ? nameEnd(text, at) : at;
    index = indexOfAny(',)}=', text, inner === undefined ? end : inner.end + 1);
    const optional = text[index] === '=';
    if (optional) index = indexOfAny(',)}', text, index + 1);
    items.push({ name: end > at ? readName(text, at, end) : undefined, optional, at, keys: inner?.items });
    if (text[index] === ',') index = skipTrivia(text, index + 1);
  }
  return { items, end: index };
}

/** With the escapes by which compilers keep a text in ASCII. What it begins with, the engine has looked at. */
const identifier = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))+/iuy;

/** The index behind the name or quoted key at `index`, or `index` when there is none. */
function nameEnd(text: string, index: number): number {
  const end = plainNameEnd(text, index);
  const code = text.charCodeAt(end);
  if (code > 0x7f || code === 0x5c) return endOf(identifier, text, index);
  return end === index && (code === 0x22 || code === 0x27) ? closingIndex(text, index) + 1 : end;
}

/** The index behind the ASCII letters, digits, `$` and `_` at `index`, which do not begin with a digit. */
export function plainNameEnd(text: string, index: number): number {
  let end = index;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const small = code | 0x20;
    const isLetter = small >= 0x61 && small <= 0x7a;
    const isDigit = code >= 0x30 && code <= 0x39 && end > index;
    if (!isLetter && !isDigit && code !== 0x5f && code !== 0x24) break;
  }
  return end;
}

function readName(text: string, from: number, end: number): string {
  const isQuoted = text[from] === '"' || text[from] === "'";
  const name = isQuoted ? text.slice(from + 1, end - 1) : text.slice(from, end);
  if (!name.includes('\\')) return name;
  return name.replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi, (_, long?: string, short?: string) =>
    String.fromCodePoint(Number.parseInt(long ?? short!, 16)),
  );
}
