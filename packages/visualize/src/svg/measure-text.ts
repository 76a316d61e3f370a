/**
 * Widths of text without a font engine.
 *
 * Advance widths of U+0020 to U+007E in thousandths of the font size, read from the `hmtx` tables of the fonts in
 * `assets/` (a test keeps them in step). Helvetica, Arial and Liberation Sans share these widths by design, so a
 * label fits its box whichever of them a viewer has.
 */
import { characterCells } from '../display-width.js';

export const asciiWidths = {
  regular: [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ],
  bold: [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
  ],
} as const;

/** Wider than nearly every letter of other alphabets, so that a guess errs towards a roomier box. */
const otherWidth = 760;

export type FontWeight = keyof typeof asciiWidths;

/** The width of `text`, in the unit of `fontSize`. Exact for ASCII up to kerning, generous for the rest. */
export function measureText(text: string, fontSize: number, weight: FontWeight = 'regular'): number {
  const widths: readonly number[] = asciiWidths[weight];
  let thousandths = 0;
  for (const character of text) {
    thousandths += widths[character.charCodeAt(0) - 0x20] ?? guess(character);
  }
  return (thousandths / 1000) * fontSize;
}

function guess(character: string): number {
  if (character === '…') return 1000;
  return [0, otherWidth, 1100][characterCells(character)] ?? otherWidth;
}
