/**
 * Steps over JavaScript text without parsing it: brackets, strings, templates, comments and regular expressions.
 */

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The index of the first character at or after `index` that is neither white space nor a comment. */
export function skipTrivia(text: string, index: number): number {
  while (index < text.length) {
    if (/\s/.test(text[index]!)) index++;
    else if (text.startsWith('//', index)) index = endOf(text, '\n', index);
    else if (text.startsWith('/*', index)) index = endOf(text, '*/', index + 2);
    else return index;
  }
  return index;
}

/** The index of the character that closes the bracket, string or template that opens at `open`. */
export function closingIndex(text: string, open: number): number {
  const opener = text[open]!;
  if (opener === '"' || opener === "'") return closeString(text, open);
  if (opener === '`') return closeTemplate(text, open);
  const closer = closers[opener];
  for (let index = open + 1; index < text.length; index = nextIndex(text, index)) {
    if (text[index] === closer) return index;
  }
  return text.length;
}

/** Splits at commas outside any bracket, string or comment. Parts are trimmed; a trailing comma adds none. */
export function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = skipTrivia(text, 0); index < text.length; ) {
    if (text[index] === ',') {
      parts.push(part.trim());
      part = '';
      index = skipTrivia(text, index + 1);
      continue;
    }
    const next = nextIndex(text, index);
    if (!isComment(text, index)) part += text.slice(index, next);
    index = next;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** The text behind the first `=` outside any bracket, or undefined when there is no default value. */
export function topLevelDefault(text: string): string | undefined {
  for (let index = 0; index < text.length; index = nextIndex(text, index)) {
    if (text[index] === '=') return text.slice(index + 1).trim();
  }
  return undefined;
}

/** The index behind the token, bracketed group or comment that starts at `index`. */
export function nextIndex(text: string, index: number): number {
  const char = text[index]!;
  if (char in closers || char === '"' || char === "'" || char === '`') return closingIndex(text, index) + 1;
  if (char === '/') {
    if (text[index + 1] === '/') return endOf(text, '\n', index);
    if (text[index + 1] === '*') return endOf(text, '*/', index + 2);
    if (startsRegularExpression(text, index)) return closeRegularExpression(text, index) + 1;
  }
  return index + 1;
}

function isComment(text: string, index: number): boolean {
  return text[index] === '/' && (text[index + 1] === '/' || text[index + 1] === '*');
}

function closeString(text: string, open: number): number {
  const quote = text[open];
  let index = open + 1;
  while (index < text.length && text[index] !== quote) index += text[index] === '\\' ? 2 : 1;
  return index;
}

function closeTemplate(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length && text[index] !== '`') {
    if (text[index] === '\\') index += 2;
    else if (text.startsWith('${', index)) index = closingIndex(text, index + 1) + 1;
    else index++;
  }
  return index;
}

/** A slash starts a regular expression where a value is expected: after an operator, a bracket or a keyword. */
function startsRegularExpression(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return before === '' || /[(,=:[!&|?{};+\-*%~^<>]$|\b(?:return|typeof|in|of|void|delete|new)$/.test(before);
}

/** The index of the slash that ends a regular expression; the length of the text when none does. */
export function closeRegularExpression(text: string, open: number): number {
  let inClass = false;
  for (let index = open + 1; index < text.length; index++) {
    const char = text[index];
    if (char === '\\') index++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return index;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
