import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.js';

/** Made with another implementation: `mmh3.hash_bytes(text.encode('utf-16-le'), 0, False)` of Python's mmh3 5.3.1. */
test.each([
  ['', '00000000000000000000000000000000'],
  ['a', '033bb196ccef4fe1ccef4fe1ccef4fe1'],
  ['hello', '498e49896c081b4802cf3f742cf72941'],
  ['The quick brown fox jumps over the lazy dog', '15beb6860f94f6cafed4894d28be6d5b'],
  ['größe 名前', '01d743fcb900d11024632f8ba11c47e7'],
  ['0123456789abcde', 'da738a7c5a1171ed670d4612fbf00374'],
])('%j has the hash of MurmurHash3 x86_128', (text, hash) => {
  expect(contentHash(text)).toBe(hash);
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
