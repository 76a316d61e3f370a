import { characterCells } from '@flowerpower/visualize/display-width';

// oxlint-disable-next-line no-control-regex -- colours
const parts = /(\u001b\[[\d;]*m)|([\s\S])/gu;

/** The beginning of a line that fits; colours take no room, and end where the line is cut. */
export function cutToWidth(line: string, width: number): string {
  let kept = '';
  let cells = 0;
  let isColored = false;
  /** Where the line is cut if more comes than fits: room is left for the dots. */
  let cut: string | undefined;
  for (const [, color, character] of line.matchAll(parts)) {
    if (color !== undefined) {
      isColored = color !== '\u001b[0m';
      kept += color;
      continue;
    }
    const more = characterCells(character!);
    if (cells + more > width - 1) cut ??= kept;
    if (cells + more > width) return width <= 0 ? '' : `${cut!}${isColored ? '\u001b[0m' : ''}…`;
    kept += character;
    cells += more;
  }
  return kept;
}
