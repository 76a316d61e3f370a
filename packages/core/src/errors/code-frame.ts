/** Characters of a line that are shown; a longer line is cut around the column. */
const width = 100;

/**
 * The line of a position with the line before and after it, numbered, and a caret under the column.
 *
 * Lines and columns count from 1. A long line is cut to 100 characters around the column, tabs become one
 * space and control characters a middle dot, so the frame is safe to print on a terminal.
 *
 * @example
 * ```ts
 * import { codeFrame } from '@flowerpower/core';
 *
 * console.log(codeFrame('run:\n  finl_vars: []\n', 2, 3));
 * //   1 | run:
 * // > 2 |   finl_vars: []
 * //     |   ^
 * ```
 */
export function codeFrame(text: string, line: number, column: number): string {
  const shown = linesAround(text, line);
  const gutter = String(line + 1).length;
  const start = column > width - 20 ? column - Math.floor(width / 2) : 0;
  const out: string[] = [];
  for (const [number, source] of shown) {
    const marker = number === line ? '>' : ' ';
    out.push(`${marker} ${String(number).padStart(gutter)} | ${printable(source, start)}`.trimEnd());
    if (number === line) {
      const caret = ' '.repeat(Math.max(0, column - 1 - start) + (start > 0 ? 1 : 0));
      out.push(`  ${' '.repeat(gutter)} | ${caret}^`);
    }
  }
  return out.join('\n');
}

/** Walks to the wanted lines instead of splitting the whole text. */
function linesAround(text: string, line: number): [number, string][] {
  const lines: [number, string][] = [];
  let start = 0;
  for (let number = 1; number <= line + 1; number++) {
    const end = text.indexOf('\n', start);
    if (number >= line - 1) lines.push([number, text.slice(start, end === -1 ? undefined : end)]);
    start = end + 1;
    // A text that ends with a line break has no line after it.
    if (end === -1 || (start === text.length && number >= line)) break;
  }
  return lines;
}

function printable(line: string, start: number): string {
  const cut = line.replace(/\r$/, '').slice(start, start + width);
  const clean = cut.replaceAll('\t', ' ').replace(/[\p{Cc}\p{Cf}]/gu, '·');
  const before = start > 0 ? '…' : '';
  const after = line.length > start + width ? '…' : '';
  return before + clean + after;
}
