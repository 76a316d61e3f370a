import { characterCells, displayWidth } from '../display-width.js';

/** At most `cells` terminal cells; what was cut is shown as `…`. */
export function fitCells(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += characterCells(character);
    if (used > cells - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Items joined by `, ` on lines of at most `cells`; a longer item is cut. */
export function wrapItems(items: readonly string[], cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  items.forEach((item, index) => {
    const part = fitCells(item, cells - 1) + (index < items.length - 1 ? ',' : '');
    const longer = line === '' ? part : `${line} ${part}`;
    if (displayWidth(longer) <= cells) line = longer;
    else {
      lines.push(line);
      line = part;
    }
  });
  return line === '' ? lines : [...lines, line];
}
