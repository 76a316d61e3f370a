/** Leaves out the first `count` lines of a text, whatever they hold. A line ends in LF, CRLF or CR. */
export async function* skipLines(texts: AsyncIterable<string>, count: number): AsyncGenerator<string, void> {
  let left = count;
  /** The last line skipped ended in CR: a LF that follows belongs to it. */
  let afterReturn = false;
  for await (const text of texts) {
    let at = 0;
    while (at < text.length && (left > 0 || (afterReturn && text[at] === '\n'))) {
      const character = text[at++]!;
      if (character === '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = character === '\r';
      if (character === '\n' || character === '\r') left--;
    }
    if (at < text.length) {
      afterReturn = false;
      yield at === 0 ? text : text.slice(at);
    }
  }
}
