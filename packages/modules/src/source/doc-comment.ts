import type { ParsedSource } from './parse-source.js';

/**
 * The text of the doc comment directly before an offset, without stars. Line comments and other block comments may
 * stand in between, code may not. Tags stay where they are written: at the end.
 */
export function docBefore({ source, comments }: ParsedSource, offset: number): string | undefined {
  let limit = offset;
  for (let index = lastBefore(comments, offset); index >= 0; index--) {
    const comment = comments[index]!;
    if (source.text.slice(comment.end, limit).trim() !== '') return undefined;
    if (comment.type === 'Block' && comment.value.startsWith('*')) return docText(comment.value);
    limit = comment.start;
  }
  return undefined;
}

function lastBefore(comments: ParsedSource['comments'], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function docText(value: string): string | undefined {
  const text = value
    .slice(1)
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*? ?/, '')).trimEnd())
    .join('\n')
    .trim();
  return text === '' ? undefined : text;
}
