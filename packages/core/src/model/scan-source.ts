/**
 * Steps over JavaScript text without parsing it: brackets, strings, templates, comments and regular expressions.
 */

const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '`': '`',
};

/** The index of the first character at or after `index` that is neither white space nor a comment. */
export function skipTrivia(text: string, index: number): number {
  for (;;) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || (code > 0x7f && /\s/.test(text[index]!))) index++;
    else {
      const end = code === 0x2f ? endOf(comment, text, index) : index;
      if (end === index) return index;
      index = end;
    }
  }
}

/** The index of the character that closes the bracket, string or template that opens at `open`. */
export function closingIndex(text: string, open: number): number {
  const opener = text[open]!;
  const closer = closers[opener];
  let index = open + 1;
  while (index < text.length && text[index] !== closer) {
    if (opener !== closer) index = nextIndex(text, index);
    else if (opener === '`' && text.startsWith('${', index)) index = closingIndex(text, index + 1) + 1;
    else index += text[index] === '\\' ? 2 : 1;
  }
  return index;
}

/** The index behind the token, bracketed group or comment that starts at `index`. */
export function nextIndex(text: string, index: number): number {
  const char = text[index]!;
  if (char in closers) return closingIndex(text, index) + 1;
  if (char !== '/') return index + 1;
  const end = endOf(comment, text, index);
  if (end > index) return end;
  return startsRegularExpression(text, index) ? endOf(regularExpression, text, index) : index + 1;
}

const comment = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*/y;
/** A slash in brackets does not end it. */
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\\\]])*\]|[^\\/[])+\//y;

/** The index behind what the pattern finds at `index`, or `index` when it finds nothing. The pattern is sticky. */
export function endOf(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}

/** A slash starts a regular expression where a value is expected: after an operator, a bracket or a keyword. */
function startsRegularExpression(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return before === '' || /[(,=:[!&|?{};+\-*%~^<>]$|\b(?:return|typeof|in|of|void|delete|new)$/.test(before);
}
