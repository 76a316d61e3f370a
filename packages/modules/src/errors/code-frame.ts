/**
 * The lines around a position, with a marker under the column:
 *
 * ```text
 *   1 | // prices
 * > 2 | export const = 1;
 *     |              ^
 * ```
 */
export function codeFrame(text: string, line: number, column: number): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 2);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    // One column stays one column, whatever a terminal makes of tabs.
    const content = lines[number - 1]!.replaceAll('\t', ' ');
    frame.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${content}`.trimEnd());
    if (number === line) {
      frame.push(`  ${' '.repeat(width)} | ${' '.repeat(Math.min(column - 1, content.length))}^`);
    }
  }
  return frame.join('\n');
}
