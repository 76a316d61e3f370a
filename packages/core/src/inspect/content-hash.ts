/**
 * A 128-bit content hash: FNV-1a (draft-eastlake-fnv) over the UTF-16 code units of a text.
 *
 * Synchronous and without dependencies, so that it runs wherever core runs. It tells texts apart that differ by
 * accident; it is not cryptographic: somebody who wants two texts with the same hash can make them.
 *
 * @returns 32 hexadecimal digits, the same on every platform.
 */
export function contentHash(text: string): string {
  // The lowest word comes first.
  let [a, b, c, d] = [0x6295c58d, 0x62b82175, 0x07bb0142, 0x6c62272e];
  for (let index = 0; index < text.length; index++) {
    a = (a ^ text.charCodeAt(index)) >>> 0;
    // Times the prime, 2 ** 88 + factor. The products stay below 2 ** 53.
    const high = (b << 24) | (a >>> 8);
    const product = a * factor;
    const second = b * factor + carryOf(product);
    const third = c * factor + ((a << 24) >>> 0) + carryOf(second);
    d = (d * factor + (high >>> 0) + carryOf(third)) >>> 0;
    [a, b, c] = [product >>> 0, second >>> 0, third >>> 0];
  }
  return [d, c, b, a].map((word) => word.toString(16).padStart(8, '0')).join('');
}

const factor = 0x13b;

function carryOf(sum: number): number {
  return Math.floor(sum / 0x1_0000_0000);
}
