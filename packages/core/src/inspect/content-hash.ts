/**
 * A 128-bit content hash: MurmurHash3 x86_128 by Austin Appleby (public domain; github.com/aappleby/smhasher),
 * seed 0, over the UTF-16 code units of a text, low byte first.
 *
 * Synchronous and without dependencies, so that it runs wherever core runs. It tells texts apart that differ by
 * accident; it is not cryptographic: somebody who wants two texts with the same hash can make them.
 */
const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

/** @returns 32 hexadecimal digits, the same on every platform. */
export function contentHash(text: string): string {
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  const pair = (index: number) =>
    index >= text.length
      ? 0
      : text.charCodeAt(index) | (index + 1 < text.length ? text.charCodeAt(index + 1) << 16 : 0);

  // A block is 16 bytes: 8 code units. The last one, if incomplete, is mixed in but not stirred.
  for (let index = 0; index < text.length; index += 8) {
    const complete = index + 8 <= text.length;
    h1 ^= scramble(pair(index), c1, 15, c2);
    if (complete) h1 = stir(h1, 19, h2, 0x561ccd1b);
    h2 ^= scramble(pair(index + 2), c2, 16, c3);
    if (complete) h2 = stir(h2, 17, h3, 0x0bcaa747);
    h3 ^= scramble(pair(index + 4), c3, 17, c4);
    if (complete) h3 = stir(h3, 15, h4, 0x96cd1c35);
    h4 ^= scramble(pair(index + 6), c4, 18, c1);
    if (complete) h4 = stir(h4, 13, h1, 0x32ac3b17);
  }

  const sizeBytes = text.length * 2;
  [h1, h2, h3, h4] = combine(h1 ^ sizeBytes, h2 ^ sizeBytes, h3 ^ sizeBytes, h4 ^ sizeBytes);
  [h1, h2, h3, h4] = combine(avalanche(h1), avalanche(h2), avalanche(h3), avalanche(h4));
  return [h1, h2, h3, h4].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

type Words = [h1: number, h2: number, h3: number, h4: number];

function combine(h1: number, h2: number, h3: number, h4: number): Words {
  const sum = (h1 + h2 + h3 + h4) | 0;
  return [sum, (h2 + sum) | 0, (h3 + sum) | 0, (h4 + sum) | 0];
}

function scramble(word: number, before: number, bits: number, after: number): number {
  return Math.imul(rotateLeft(Math.imul(word, before), bits), after);
}

function stir(hash: number, bits: number, neighbour: number, constant: number): number {
  return (Math.imul(rotateLeft(hash, bits) + neighbour, 5) + constant) | 0;
}

function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
