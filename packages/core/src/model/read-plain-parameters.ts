/**
 * The quick reading of a parameter list, in one pass over character codes: names of ASCII letters, renames,
 * default values. What it does not know, such as comments, escapes, quoted keys and whatever is an error, it leaves
 * to the thorough reading in `read-parameters.ts`, which gives the same result for what both can read.
 */
import { nextIndex } from './scan-source.js';

interface PlainParameters {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly { readonly name: string; readonly optional: boolean }[];
  readonly takesContext: boolean;
}

const comma = 0x2c;
const colon = 0x3a;
const equals = 0x3d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openRound = 0x28;
const closeRound = 0x29;

/** @returns undefined when the text needs the thorough reading. */
export function readPlainParameters(text: string): PlainParameters | undefined {
  let index = 0;
  let word = '';
  for (; text.charCodeAt(index) !== openRound; index = skipSpace(text, index)) {
    const end = identifierEnd(text, index);
    if (end > index) word = text.slice(index, end);
    else if (text.charCodeAt(index) === equals && word !== '') break;
    else if (text[index] !== '*') return undefined;
    index = Math.max(end, index + 1);
  }
  if (text.charCodeAt(index) === equals) {
    if (text[index + 1] !== '>' || word === 'ctx') return undefined;
    return { style: 'positional', parameters: [{ name: word, optional: false }], takesContext: false };
  }
  index = skipSpace(text, index + 1);
  return text.charCodeAt(index) === openBrace ? readObject(text, index) : readPositional(text, index);
}

function readPositional(text: string, from: number): PlainParameters | undefined {
  const parameters: { name: string; optional: boolean }[] = [];
  let index = from;
  while (text.charCodeAt(index) !== closeRound) {
    const end = identifierEnd(text, index);
    if (end === index) return undefined;
    const name = text.slice(index, end);
    index = skipSpace(text, end);
    const optional = text.charCodeAt(index) === equals;
    if (optional) index = skipValue(text, index + 1, closeRound);
    const last = text.charCodeAt(index);
    if (last === comma) index = skipSpace(text, index + 1);
    else if (last !== closeRound) return undefined;
    if (name === 'ctx') {
      if (text.charCodeAt(index) !== closeRound) return undefined;
      return { style: 'positional', parameters, takesContext: true };
    }
    parameters.push({ name, optional });
  }
  return { style: 'positional', parameters, takesContext: false };
}

function readObject(text: string, open: number): PlainParameters | undefined {
  const parameters: { name: string; optional: boolean }[] = [];
  let index = skipSpace(text, open + 1);
  while (text.charCodeAt(index) !== closeBrace) {
    const end = identifierEnd(text, index);
    if (end === index) return undefined;
    const name = text.slice(index, end);
    index = skipSpace(text, end);
    if (text.charCodeAt(index) === colon) index = skipTarget(text, index + 1);
    const optional = text.charCodeAt(index) === equals;
    if (optional) index = skipValue(text, index + 1, closeBrace);
    const last = text.charCodeAt(index);
    if (last === comma) index = skipSpace(text, index + 1);
    else if (last !== closeBrace) return undefined;
    parameters.push({ name, optional });
  }
  index = skipSpace(text, index + 1);
  if (text.charCodeAt(index) === equals) index = skipValue(text, index + 1, closeRound);
  if (text.charCodeAt(index) === comma) index = skipSpace(text, index + 1);
  if (text.charCodeAt(index) === closeRound) return { style: 'object', parameters, takesContext: false };
  if (identifierEnd(text, index) === index && text.charCodeAt(index) !== openBrace) return undefined;
  index = skipValue(text, index, closeRound);
  if (text.charCodeAt(index) === comma) index = skipSpace(text, index + 1);
  if (text.charCodeAt(index) !== closeRound) return undefined;
  return { style: 'object', parameters, takesContext: true };
}

/** The index of the comma or closing bracket behind a value. */
function skipValue(text: string, from: number, closer: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === comma || code === closer) return index;
    index = nextIndex(text, index);
  }
  return index;
}

/** The index behind what a key is renamed to, or is taken apart into. */
function skipTarget(text: string, from: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === comma || code === closeBrace || code === equals) return index;
    index = nextIndex(text, index);
  }
  return index;
}

/** The index behind the identifier at `index`, or `index` when none of ASCII letters, digits, `$` and `_` stands there. */
export function identifierEnd(text: string, index: number): number {
  let end = index;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
    const isDigit = code >= 0x30 && code <= 0x39 && end > index;
    if (!isLetter && !isDigit && code !== 0x5f && code !== 0x24) break;
  }
  const code = text.charCodeAt(end);
  // Beyond ASCII and before an escape the identifier may go on.
  return code > 0x7f || code === 0x5c ? index : end;
}

function skipSpace(text: string, from: number): number {
  let index = from;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return index;
}
