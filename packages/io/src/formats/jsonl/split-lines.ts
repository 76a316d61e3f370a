export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/**
 * The lines of a text that comes in pieces, without blank ones. A line ends in LF or CRLF, the last one perhaps in
 * nothing. (A lone CR ends no line: JSON allows it between values.)
 */
export async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<Line[], void> {
  let number = 0;
  /** Pieces of the line that has not ended yet: joined once, so that a long line costs linear time. */
  let begun: string[] = [];
  const line = (text: string): Line[] => {
    number++;
    return text.trim() === '' ? [] : [{ text: text.endsWith('\r') ? text.slice(0, -1) : text, number }];
  };
  for await (const text of texts) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      lines.push(...line(begun.join('') + text.slice(start, end)));
      begun = [];
      start = end + 1;
    }
    if (start < text.length) begun.push(text.slice(start));
    yield lines;
  }
  yield line(begun.join(''));
}
