/**
 * The text of a function without what does not change its meaning: comments, and white space between tokens. Strings
 * stay as they are.
 *
 * Errs on the safe side: texts that normalise alike mean the same; texts that mean the same may still differ, for
 * example by a line break that could have ended a statement. Only a parser can tell a division from a regular
 * expression, and a template from the code in it, so a text with any of these stays as it is.
 */
export function normaliseSource(text: string): string {
  let rest = '';
  const code = text.replace(tokens, (token: string, string?: string, other?: string, at = 0) => {
    rest += other ?? '';
    return string ?? other ?? gap(token, text[at - 1] ?? ';', text[at + token.length] ?? ';');
  });
  return /["'`/]/.test(rest) || code.includes('<!--') ? text : code;
}

/** Strings, other tokens, comments with white space. */
const tokens =
  /("(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|((?:(?!\/[*/])[^\s"'])+|["'])|(?:\s|\/\*[^]*?\*\/|\/\/.*)+/g;

/** What must remain between two tokens: nothing, a space, or a line break that may end a statement. */
function gap(trivia: string, before: string, after: string): string {
  if (/[\n\r\u2028\u2029]/.test(trivia)) {
    return /[([{,;:?=&|<>^~!%]/.test(before) || /[)\]},;:?=&|<>^%]/.test(after) ? '' : '\n';
  }
  const mark = /[!"%&'()*+,./:;<=>?@[\]^`{|}~-]/;
  const wouldMerge = before === after && /[+-]/.test(before);
  return wouldMerge || !(mark.test(before) || mark.test(after)) ? ' ' : '';
}
