import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem, isFileSystemError } from '@flowerpower/fs';
import { parseOptions } from '@flowerpower/io';
import { loaderContract } from '@flowerpower/io/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goldenFile, loadBytes } from './__fixtures__/golden.js';
import { sampleRows } from './__fixtures__/sample.js';
import { arrowLoader } from './arrow-loader.js';
import { arrowSaver } from './arrow-saver.js';

const content = await goldenFile('ours.arrow');
const sample = { loader: arrowLoader, path: 'a.arrow', content, malformed: content.subarray(0, 300) };

loaderContract({ describe, test }, { ...sample, expected: sampleRows });
loaderContract(
  { describe, test },
  {
    ...sample,
    name: 'arrow, batches',
    options: { as: 'batches', batchRows: 1 },
    expected: sampleRows.map((row) => [row]),
  },
);

test('a file that changes while it is read is an error', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('a.arrow', content);
  const options = parseOptions(arrowLoader, { path: 'a.arrow', as: 'batches' });
  const { value } = await arrowLoader.load(options, { resolve: (path) => ({ fs, path }) });
  await fs.write('a.arrow', await goldenFile('lz4.arrow'));
  const read = async () => {
    for await (const batch of value as AsyncIterable<unknown[]>) expect(batch).toEqual([]);
  };
  const error: unknown = await read().catch((reason: unknown) => reason);
  expect(isFileSystemError(error, 'PreconditionFailed')).toBe(true);
});

test('the facts tell columns and types', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('a.arrow', content);
  for (const as of ['records', 'arrow']) {
    const options = parseOptions(arrowLoader, { path: 'a.arrow', as });
    const { metadata } = await arrowLoader.load(options, { resolve: (path) => ({ fs, path }) });
    expect(metadata).toMatchObject({
      rows: 3,
      columns: [
        { name: 's', type: 'string' },
        { name: 'half', type: 'number' },
        { name: 'i', type: as === 'records' ? 'integer' : 'bigint' },
        { name: 'big', type: 'bigint' },
        { name: 'b', type: 'boolean' },
        { name: 't', type: 'timestamp' },
        { name: 'bytes', type: 'bytes' },
        { name: 'list', type: 'list' },
        { name: 'struct', type: 'object' },
      ],
    });
  }
});

const files = await Promise.all(
  ['uncompressed.arrow', 'lz4.arrow', 'zstd.arrow', 'stream-zstd.arrows', 'ours.arrow'].map(goldenFile),
);
const file = fc.constantFrom(...files);
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** True for rows, and for an error that names the file; anything else is thrown. */
async function survives(bytes: Uint8Array): Promise<boolean> {
  try {
    await loadBytes(bytes, { timestamps: 'string' });
  } catch (error) {
    if (!isFlowerPowerError(error) || !error.message.includes('a.arrow')) throw error;
    expect(error.message.length).toBeLessThan(1000);
  }
  return true;
}

test('whatever bytes are damaged or cut off, it loads or is refused by an error that names the file', async () => {
  const damage = fc.array(fc.tuple(part, fc.nat(255)), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(file, damage, fc.option(part), async (bytes, changes, cut) => {
      const changed = Uint8Array.from(bytes);
      for (const [where, value] of changes) changed[Math.floor(changed.byteLength * where)] = value;
      return survives(cut === null ? changed : changed.subarray(0, Math.floor(changed.byteLength * cut)));
    }),
    { numRuns: 300 },
  );
});

test('what is no Arrow file is refused', async () => {
  const texts = [
    '',
    'a',
    'region,total\nnorth,3\n',
    'ARROW1\0\0',
    '\xff\xff\xff\xff\xff\xff\xff\x7f',
    'PAR1....PAR1',
  ];
  for (const text of texts)
    await expect(loadBytes(Buffer.from(text, 'latin1')), text).rejects.toMatchObject({ code: 'FP_IO_PARSE' });
});

test('a folder is one source of rows, and no table', async () => {
  const fs = createMemoryFileSystem();
  const context = { resolve: (path: string) => ({ fs, path }) };
  const rows = [
    { year: 2024, id: 1 },
    { year: 2025, id: 2 },
  ];
  const saved = parseOptions(arrowSaver, { path: 'sales/', by: ['year'] });
  await arrowSaver.save(rows, saved, context);
  const load = (as: string) => arrowLoader.load(parseOptions(arrowLoader, { path: 'sales/', as }), context);
  expect((await load('records')).value).toEqual(rows);
  await expect(load('arrow')).rejects.toMatchObject({
    code: expect.stringMatching(/^FP_IO_/),
    hint: "Load it with as: 'records' or 'batches', or name a single file.",
  });
});
