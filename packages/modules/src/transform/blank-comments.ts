/** The same text with spaces in the place of comments, so that everything else stays where it is. */
export function blankComments(
  text: string,
  comments: readonly { readonly start: number; readonly end: number }[],
): string {
  let blanked = '';
  let at = 0;
  for (const { start, end } of comments) {
    // A line break in a comment may end a statement.
    blanked += text.slice(at, start) + text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' ');
    at = end;
  }
  return blanked + text.slice(at);
}
