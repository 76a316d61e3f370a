/**
 * The text of a function without what does not change its meaning: comments, and white space between tokens.
 * Strings, templates and regular expressions stay as they are.
 *
 * Errs on the safe side: texts that normalise alike mean the same; texts that mean the same may still differ,
 * for example by a line break that could have ended a statement, by quotes, or by a trailing comma. Where only a parser
 * could tell a division from a regular expression, the whole text stays as it is.
 */
import { closeRegularExpression, closingIndex, skipTrivia } from '../model/scan-source.js';

export function normaliseSource(text: string): string {
  return withoutTrivia(text) ?? `as written: ${text}`;
}

interface Token {
  readonly text: string;
  /** What was left of the gap before it. */
  readonly gap: string;
  /** Of a `)`: the word before the `(`. */
  readonly opener: string;
}

const none: Token = { text: '', gap: '', opener: '' };

/** Undefined where a token could be one of two. */
function withoutTrivia(text: string): string | undefined {
  // Comments in scripts that are no modules.
  if (text.includes('<!--') || text.includes('-->')) return undefined;
  const pieces: string[] = [];
  /** For each open `(`: the word before it. For each open `{`: whether it is a template's `${`. */
  const parens: string[] = [];
  const braces: boolean[] = [];
  let [before, last] = [none, none];
  let gap = '';

  for (let index = skipTrivia(text, 0); index < text.length; ) {
    const char = text[index]!;
    let end: number | undefined = wordEnd(text, index);
    let opener = '';
    if (end === index) end = markEnd(text, index);
    if (char === '"' || char === "'") end = closingIndex(text, index) + 1;
    else if (char === '/') {
      const starts = startsRegularExpression(last, before);
      if (starts === undefined) return undefined;
      if (starts) end = wordEnd(text, closeRegularExpression(text, index) + 1);
    } else if (char === '(') parens.push(before.text === '.' ? '' : last.text);
    else if (char === ')') opener = parens.pop() ?? 'await';
    else if (char === '{') braces.push(false);
    else if (char === '`' || (char === '}' && braces.pop() === true)) {
      end = templateTextEnd(text, index + 1);
      if (end !== undefined && text.startsWith('${', end - 2)) braces.push(true);
    }
    if (end === undefined || end > text.length) return undefined;
    [before, last] = [last, { text: text.slice(index, end), gap, opener }];
    index = skipTrivia(text, end);
    gap = index === end || index >= text.length ? '' : separator(last, before, text, end, index);
    pieces.push(last.text, gap);
  }
  return pieces.join('');
}

const word = /[\p{ID_Continue}$\\#\u200c\u200d]+/uy;
const lineBreak = /[\n\r\u2028\u2029]/;

function wordEnd(text: string, index: number): number {
  word.lastIndex = index;
  return word.test(text) ? word.lastIndex : index;
}

/** Signs of several characters, where a single one would mean something else before a slash. */
function markEnd(text: string, index: number): number {
  return index + (['...', '++', '--'].find((mark) => text.startsWith(mark, index))?.length ?? 1);
}

/** What must remain of the gap between two tokens: nothing, a space, or a line break that may end a statement. */
function separator(last: Token, before: Token, text: string, from: number, to: number): '' | ' ' | '\n' {
  const breaks = lineBreak.test(text.slice(from, to));
  const next = markEnd(text, to) - to;
  const isCount = last.text === '++' || last.text === '--' || next === 2;
  if (breaks && (isCount || (before.text !== '.' && endedByBreak.has(last.text)))) return '\n';
  const toWord = wordEnd(text, to) > to;
  const isRegularExpression = last.text.length > 1 && last.text.endsWith('/');
  const betweenWords = toWord && (isRegularExpression || /[\p{ID_Continue}$\u200c\u200d]$/u.test(last.text));
  const end = last.text.at(-1)!;
  if (!betweenWords && !(end === text[to] && '+-/'.includes(end))) return '';
  return breaks ? '\n' : ' ';
}

const endedByBreak = new Set(['return', 'throw', 'yield', 'break', 'continue', 'async']);
const beforeConditions = new Set(['if', 'while', 'for', 'with']);
const beforeValues = new Set('return typeof in instanceof void delete new throw case do else'.split(' '));
/** Words that are names in one place and more than that in another. */
const ambiguous = new Set(
  'of yield await async let static get set accessor using break continue debugger default extends'.split(' '),
);

/** A slash starts a regular expression where a value is expected. Undefined where a name or a brace could mean both. */
function startsRegularExpression(last: Token, before: Token): boolean | undefined {
  const { text, opener } = last;
  if (text === ')') return opener === 'await' ? undefined : beforeConditions.has(opener);
  if (text === '++' || text === '--') {
    return last.gap !== '\n' && isName(before.text) && !beforeValues.has(before.text) ? false : undefined;
  }
  if (isName(text)) {
    if (before.text === '.') return false;
    return ambiguous.has(text) ? undefined : beforeValues.has(text);
  }
  if (text === '...' || text.endsWith('${') || /^[(,=:[!&|?{;+\-*%~^<>/]$/.test(text)) return true;
  return /["'`\]]$/.test(text) || (text.startsWith('/') && text.length > 1) ? false : undefined;
}

function isName(text: string): boolean {
  return wordEnd(text, 0) === text.length && text !== '';
}

/** Behind the closing backtick, or behind the next `${`; undefined when there is neither. */
function templateTextEnd(text: string, from: number): number | undefined {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '`') return index + 1;
    else if (text.startsWith('${', index)) return index + 2;
  }
  return undefined;
}
