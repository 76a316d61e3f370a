import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.js';

test.each([
  ['', '6c62272e07bb014262b821756295c58d'],
  ['a', 'd228cb696f1a8caf78912b704e4a8964'],
  ['ab', '08809544bbab1be95aa0733055b69a62'],
  ['abc', 'a68d622cec8b5822836dbc7977af7f3b'],
])('%j has the hash of FNV-1a', (text, hash) => {
  expect(contentHash(text)).toBe(hash);
});

test('any text has the hash that the definition gives', () => {
  const prime = 2n ** 88n + 0x13bn;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let hash = 0x6c62272e07bb014262b821756295c58dn;
      for (let index = 0; index < text.length; index++)
        hash = BigInt.asUintN(128, (hash ^ BigInt(text.charCodeAt(index))) * prime);
      expect(contentHash(text)).toBe(hash.toString(16).padStart(32, '0'));
    }),
  );
});

test('one changed, added or removed character changes the hash', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.nat(), (text, pick) => {
      const at = pick % text.length;
      const other = text[at] === 'x' ? 'y' : 'x';
      for (const changed of [
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + other + text.slice(at),
      ]) {
        expect(contentHash(changed)).not.toBe(contentHash(text));
      }
    }),
  );
});
