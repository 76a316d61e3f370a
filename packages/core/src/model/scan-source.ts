/**
 * Steps over JavaScript text without parsing it: brackets, strings, templates, comments and regular expressions.
 */

const openers = '([{"\'`';
const closers = ')]}"\'`';

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
  const closer = closers[openers.indexOf(opener)]!;
  let index = open + 1;
  if (opener !== closer) return indexOfAny(closer, text, index);
  while (index < text.length && text[index] !== closer) {
    if (opener === '`' && text.startsWith('${', index)) index = closingIndex(text, index + 1) + 1;
    else index += text[index] === '\\' ? 2 : 1;
  }
  return index;
}

/**
 * The index of the first of the characters at or after `from` that stands in no bracket, string, template, comment or
 * regular expression. Beyond the text when there is none, and where only a parser could tell.
 */
export function indexOfAny(chars: string, text: string, from: number): number {
  let last = from - 1;
  let before = last;
  let index = skipTrivia(text, from);
  while (index < text.length && !chars.includes(text[index]!)) {
    const char = text[index]!;
    let end = index + 1;
    if (openers.includes(char)) end = closingIndex(text, index) + 1;
    else if (char === '/') end = slashEnd(text, index, last, before);
    if (end === index) return text.length;
    before = last;
    last = end - 1;
    index = skipTrivia(text, end);
  }
  return index;
}

const comment = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*/y;
/** A slash in brackets does not end it. */
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\\\]])*\]|[^\\/[])+\//y;

/** The index behind what the pattern finds at `index`, or `index` when it finds nothing. The pattern is sticky. */
export function endOf(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}

/** Behind these a value may follow, or brackets and then a statement; but where they name a property, a division. */
const keyword =
  /\b(?:return|in|(?:type|instance)?of|void|delete|new|case|do|else|throw|await|yield|extends|if|while|for|with)$/;

/**
 * The index behind the slash that divides or the regular expression that it starts, or `index` where that is not sure:
 * a line break, a bracket of a block, and brackets behind `if` may end a statement, `++` may stand on both sides.
 *
 * @param last - the end of what stands before it. @param before - the end of what stands before that.
 */
function slashEnd(text: string, index: number, last: number, before: number): number {
  if ('(,=:[!&|?{;>'.includes(text[last]!)) return endOf(regularExpression, text, index);
  const word = text.slice(0, (text[last] === ')' ? before : last) + 1);
  const isUnsure = !/^[^-+*%~^<./}] *$/.test(text.slice(last, index)) || keyword.test(word);
  return isUnsure ? index : index + 1;
}
