import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { failureOf, memoryIo } from '../__fixtures__/memory-io.js';
import { textLoader } from '../formats/text/text.js';

const packed = gzipSync('hello '.repeat(1000));
const load = (content: Uint8Array, size: number, options = {}) =>
  memoryIo(size).load(textLoader, content, { path: 'x.gz', ...options });

test('gzip is read whatever the pieces, also several members in one file', async () => {
  const two = Buffer.concat([packed, gzipSync('end')]);
  for (const size of [1, 7, Infinity]) {
    const { value, metadata } = await load(two, size);
    expect(value).toBe(`${'hello '.repeat(1000)}end`);
    expect(metadata).toMatchObject({ bytes: two.byteLength });
  }
});

test('zeros behind the end are padding, and belong to the file', async () => {
  const padded = Buffer.concat([packed, Buffer.alloc(5000)]);
  for (const size of [1, 7, 1000, Infinity]) {
    const { value, metadata } = await load(padded, size);
    expect(value).toBe('hello '.repeat(1000));
    expect(metadata).toMatchObject({ bytes: padded.byteLength });
  }
});

test.each([
  ['cut off', packed.subarray(0, -3)],
  ['damaged', Buffer.from(packed).fill(0, 12, 20)],
  ['not compressed', Buffer.from('plain text')],
  ['followed by other data', Buffer.concat([packed, Buffer.from('trailing')])],
  ['empty', new Uint8Array()],
])('gzip data that is %s is refused', async (_name, content) => {
  for (const size of [1, 5, Infinity]) {
    expect(await failureOf(load(content, size))).toMatchObject({
      code: 'FP_IO_GZIP',
      places: [{ file: 'x.gz' }],
    });
  }
});

test('an encoding fault at the very end is found', async () => {
  const cut = Buffer.from('a\né').subarray(0, 3);
  for (const size of [1, Infinity]) {
    expect(await failureOf(load(cut, size, { compression: 'none' }))).toMatchObject({
      code: 'FP_IO_ENCODING',
      places: [{ line: 2 }],
    });
  }
});
