/**
 * How much room a character takes where letters are one cell wide: in a terminal, and as a rough guide in
 * proportional fonts. After the wide ranges of Unicode Standard Annex #11, without its rarer blocks.
 */

const combining = /^[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]$/u;
const wide =
  /^[\u1100-\u115F\u2329\u232A\u231A\u231B\u23E9-\u23EC\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{1FA70}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;

/** Cells of one code point: 0, 1 or 2. */
export function characterCells(character: string): 0 | 1 | 2 {
  if (character.length === 1 && character < '\u0300') return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Cells of a text without control characters. */
export function displayWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += characterCells(character);
  return cells;
}
