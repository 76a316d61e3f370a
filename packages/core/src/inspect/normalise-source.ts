/**
 * The text of a function without what does not change its meaning: comments, and white space between tokens.
 * Strings and templates stay as they are.
 *
 * Errs on the safe side: texts that normalise alike mean the same; texts that mean the same may still differ,
 * for example by a line break that could have ended a statement, by quotes, or by a trailing comma. Only a parser can
 * tell a division from a regular expression, whose content is no code, so a text with either stays as it is.
 */
import { closingIndex, skipTrivia } from '../model/scan-source.js';

export function normaliseSource(text: string): string {
  // No text without white space begins with a slash.
  return withoutTrivia(text) ?? `/${text}`;
}

/** Undefined where it cannot be known what is code. */
function withoutTrivia(text: string): string | undefined {
  // Comments in scripts that are no modules.
  if (/<!--|-->/.test(text)) return undefined;
  const pieces: string[] = [];
  /** The end of what was written so far, long enough for any keyword and the character before it. */
  let tail = '';
  /** For each open `{`: whether it is a template's `${`. */
  const braces: boolean[] = [];

  for (let index = skipTrivia(text, 0); index < text.length; ) {
    const char = text[index]!;
    let end = wordEnd(text, index);
    if (end === index) end++;
    if (char === '/') return undefined;
    if (char === '"' || char === "'") end = closingIndex(text, index) + 1;
    else if (char === '{') braces.push(false);
    else if (char === '`' || (char === '}' && braces.pop() === true)) {
      end = templateTextEnd(text, index + 1);
      if (text.startsWith('${', end - 2)) braces.push(true);
    }
    const piece = text.slice(index, end);
    tail = (tail + piece).slice(-12);
    index = skipTrivia(text, end);
    const gap = index === end || index >= text.length ? '' : separator(tail, text, end, index);
    tail += gap;
    pieces.push(piece, gap);
  }
  return pieces.join('');
}

const word = /[\p{ID_Continue}$\\#\u200c\u200d]+/uy;

function wordEnd(text: string, index: number): number {
  word.lastIndex = index;
  return word.test(text) ? word.lastIndex : index;
}

/** What must remain of the gap between two tokens: nothing, a space, or a line break that may end a statement. */
function separator(tail: string, text: string, from: number, to: number): '' | ' ' | '\n' {
  const breaks = /[\n\r\u2028\u2029]/.test(text.slice(from, to));
  if (breaks && (/(?:\+\+|--)$/.test(tail) || /^(?:\+\+|--)/.test(text.slice(to, to + 2)))) return '\n';
  if (breaks && /(?:^|[^\w$.])(?:return|throw|yield|break|continue|async)$/.test(tail)) return '\n';
  const last = tail.at(-1)!;
  const betweenWords = /[\p{ID_Continue}$\u200c\u200d]$/u.test(tail) && wordEnd(text, to) > to;
  const wouldMerge = betweenWords || (last === text[to] && '+-'.includes(last));
  if (!wouldMerge) return '';
  return breaks ? '\n' : ' ';
}

/** Behind the closing backtick, or behind the next `${`. */
function templateTextEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '`') return index + 1;
    else if (text.startsWith('${', index)) return index + 2;
  }
  return text.length;
}
