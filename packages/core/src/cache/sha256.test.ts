import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256 } from './sha256.js';

const ours = (...pieces: readonly Uint8Array[]) => {
  const hash = new Sha256();
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
};
const theirs = (...pieces: readonly Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};

/** Examples of FIPS 180-4: csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values. */
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('the standard example %j', (text, hash) => {
  expect(ours(new TextEncoder().encode(text))).toBe(hash);
});

test('every length around the block size', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 31);
    expect(ours(bytes)).toBe(theirs(bytes));
  }
});

test('any bytes in any pieces hash as in node:crypto', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), (pieces) => {
      expect(ours(...pieces)).toBe(theirs(...pieces));
    }),
  );
});

test('part of an array, and a second hash after a reset', () => {
  const bytes = Uint8Array.from({ length: 500 }, (_, index) => index);
  const hash = new Sha256();
  hash.update(bytes, 3, 400);
  expect(hash.sizeBytes).toBe(397);
  expect(hash.digest()).toBe(theirs(bytes.subarray(3, 400)));
  hash.reset();
  expect(hash.digest()).toBe(theirs());
});
