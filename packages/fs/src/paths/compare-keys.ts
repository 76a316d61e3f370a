/**
 * Compares two keys by their UTF-8 bytes, the order of every listing. Returns a negative number, 0 or a
 * positive number.
 *
 * JavaScript compares UTF-16 units instead, which puts U+10000 and above (written as surrogates, D800–DFFF)
 * before U+E000–U+FFFF; in UTF-8 they come after.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return byteRank(left) - byteRank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates above every other unit. */
function byteRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
