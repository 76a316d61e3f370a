/** Files that are cut off, damaged, or lie. */
import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goldenFile, loadRows } from './__fixtures__/golden.js';

async function loadBytes(content: Uint8Array, options: object = {}) {
  const fs = createMemoryFileSystem();
  await fs.write('a.parquet', content);
  return loadRows(fs, 'a.parquet', { timestamps: 'string', ...options });
}

/** True for rows, and for an error that names the file; anything else is thrown. */
async function survives(content: Uint8Array): Promise<boolean> {
  try {
    await loadBytes(content);
  } catch (error) {
    if (!isFlowerPowerError(error) || !error.message.includes('a.parquet')) throw error;
    expect(error.code).toMatch(/^FP_(IO|FS)_/);
    expect(error.message.length).toBeLessThan(1000);
  }
  return true;
}

const files = await Promise.all(
  ['snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'none', 'pages-v2', 'delta', 'years'].map(goldenFile),
);
const file = fc.constantFrom(...files);

test('a file that is cut off anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (bytes, part) => {
        const cut = bytes.subarray(0, Math.floor(bytes.byteLength * part));
        await expect(loadBytes(cut)).rejects.toMatchObject({ code: 'FP_IO_PARSE' });
      },
    ),
  );
});

test('whatever bytes are damaged, it loads or is refused by an error that names the file', async () => {
  const damage = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(file, damage, async (bytes, changes) => {
      const changed = Uint8Array.from(bytes);
      for (const [part, value] of changes) changed[Math.floor(changed.byteLength * part)] = value;
      return survives(changed);
    }),
    { numRuns: 300 },
  );
});

test('a page whose checksum does not fit is refused', async () => {
  const bytes = Uint8Array.from(await goldenFile('pages-v2'));
  bytes[200] = bytes[200]! ^ 1;
  await expect(loadBytes(bytes)).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message: expect.stringContaining('the checksum of a page does not fit its bytes'),
  });
});

describe('what is no Parquet file', () => {
  test.each([
    ['nothing', '', 'it is empty'],
    ['a few bytes', 'PAR1PAR1', 'it has 8 bytes, too few for one'],
    ['a text', 'region,total\nnorth,3\n', 'it does not end as a Parquet file does'],
    [
      'a footer that is longer than the file',
      'PAR1....\xff\xff\xff\x7fPAR1',
      'its footer claims 2147483647 bytes',
    ],
    ['a footer of nothing', 'PAR1\0\0\0\0PAR1', 'its footer is damaged'],
  ])('%s', async (_title, text, what) => {
    await expect(loadBytes(Buffer.from(text, 'latin1'))).rejects.toMatchObject({
      code: 'FP_IO_PARSE',
      message: expect.stringContaining(what),
      places: [{ file: 'a.parquet' }],
    });
  });
});
