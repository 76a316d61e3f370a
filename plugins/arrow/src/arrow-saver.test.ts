import { createMemoryFileSystem } from '@flowerpower/fs';
import { builtinSavers, parseOptions, type RowsToSave } from '@flowerpower/io';
import { saverContract } from '@flowerpower/io/testing';
import {
  type RecordBatch,
  type Table,
  tableFromArrays,
  tableFromIPC,
  Table as ArrowTable,
  Schema,
  Field,
  Int32,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goldenFile, loadFrom } from './__fixtures__/golden.js';
import { sampleRows } from './__fixtures__/sample.js';
import { arrowSaver } from './arrow-saver.js';
import { rowsOf } from './table/rows-of.js';
import { tableOf } from './table/table-of.js';

saverContract(
  { describe, test },
  {
    saver: arrowSaver,
    path: 'a.arrow',
    options: { batchRows: 2 },
    value: () => sampleRows,
    expected: await goldenFile('ours.arrow'),
    refused: [
      () => [{ a: 1 }, { a: 'x' }],
      () => [{ a: 1 }, { a: 2 }, { a: 1.5 }],
      () => [{ a: () => 1 }],
      () => [{ a: new Date(Number.NaN) }],
      () => 'no rows',
      () => [],
    ],
  },
);

async function roundTrip(
  value: RowsToSave | Table | RecordBatch[],
  options: object = {},
  loaded: object = {},
) {
  const fs = createMemoryFileSystem();
  const context = { resolve: (path: string) => ({ fs, path }) };
  const metadata = await arrowSaver.save(
    value,
    parseOptions(arrowSaver, { ...options, path: 'a.arrow' }),
    context,
  );
  return { metadata, rows: await loadFrom(fs, 'a.arrow', loaded), stored: await fs.read('a.arrow') };
}

test('declared columns may have names that objects inherit', async () => {
  const named = (value: unknown) =>
    Object.fromEntries(['constructor', '__proto__'].map((name) => [name, value]));
  const { rows } = await roundTrip([named('1')], { columns: named('string') });
  expect(rows).toEqual([named('1')]);
});

test.each(['file', 'stream'])('what is saved as a %s comes back', async (format) => {
  const row = fc.record({
    text: fc.option(fc.string({ unit: 'grapheme' })),
    number: fc.option(fc.double()),
    integer: fc.option(fc.maxSafeInteger()),
    boolean: fc.option(fc.boolean()),
    date: fc.option(fc.date({ noInvalidDate: true })),
    bytes: fc.option(fc.uint8Array()),
  });
  const columns = {
    text: 'string',
    number: 'number',
    integer: 'integer',
    boolean: 'boolean',
    date: 'timestamp',
    bytes: 'bytes',
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, batchRows) => {
        const saved = await roundTrip(rows, { format, columns, batchRows });
        expect(saved.rows).toEqual(rows);
        expect(saved.metadata.rows).toBe(rows.length);
      },
    ),
  );
});

test('a table is saved as it is, batch by batch', async () => {
  const table = tableFromArrays({ id: BigInt64Array.of(1n, 2n ** 60n), half: Float32Array.of(0.5, 1.5) });
  const { stored, metadata, rows } = await roundTrip(table);
  expect(tableFromIPC(stored).schema.toString()).toBe(table.schema.toString());
  expect(metadata).toMatchObject({
    rows: 2,
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'half', type: 'number' },
    ],
  });
  expect(rows).toEqual([
    { id: 1n, half: 0.5 },
    { id: 2n ** 60n, half: 1.5 },
  ]);
  const empty = new ArrowTable(new Schema([new Field('a', new Int32(), true)]));
  expect((await roundTrip(empty)).rows).toEqual([]);
  expect((await roundTrip(table.batches)).stored).toEqual(stored);
  await expect(roundTrip(table, { columns: { id: 'bigint' } })).rejects.toMatchObject({
    code: 'FP_IO_OPTIONS',
  });
});

test('a table of another copy of the library is refused', async () => {
  const { schema, batches, numRows } = tableFromArrays({ id: Int32Array.of(1) });
  const foreign = { numRows, batches, schema: { fields: schema.fields } };
  await expect(roundTrip(foreign as never)).rejects.toMatchObject({
    code: 'FP_IO_VALUE',
    message: "The table for 'a.arrow' was made by another copy of apache-arrow than the one that saves it.",
  });
});

test('a table that is saved by another format is its rows', async () => {
  const fs = createMemoryFileSystem();
  const table = await tableOf([
    { id: 1, at: new Date(0), tags: ['a'] },
    { id: 2, at: null, tags: [] },
  ]);
  const options = parseOptions(builtinSavers.jsonl, { path: 'a.jsonl' });
  await builtinSavers.jsonl.save(table, options, { resolve: (path) => ({ fs, path }) });
  expect(await fs.readText('a.jsonl')).toBe(
    '{"id":1,"at":"1970-01-01T00:00:00.000Z","tags":["a"]}\n{"id":2,"at":null,"tags":[]}\n',
  );
});

test('rowsOf gives what tableOf was given', async () => {
  expect(rowsOf(await tableOf(sampleRows))).toEqual(sampleRows);
  expect(rowsOf(await tableOf([{ id: 1 }]), { int64: 'string' })).toEqual([{ id: '1' }]);
});

test.each([
  [[1, 2], 'bigint'],
  [[1, 1.5], 'number'],
  [[-0], 'number'],
  [[2 ** 53], 'number'],
  [[1, 2n], 'bigint'],
  [[null, 'x'], 'string'],
  [[null, undefined], 'string'],
  [[new Date()], 'timestamp'],
  [[Buffer.from('x')], 'bytes'],
  [[[1], null], 'list'],
  [[{ a: 1 }, { b: 2 }], 'object'],
] as [unknown[], string][])('a column of %o is stored as %s', async (values, type) => {
  const { metadata } = await roundTrip(values.map((a) => ({ a })));
  expect(metadata.columns).toEqual([{ name: 'a', type }]);
});

const refusal = async (rows: readonly object[], options: object = {}) => {
  const error = await roundTrip(rows, options).then(
    () => undefined,
    (reason: unknown) => reason as { code: string; message: string },
  );
  expect(error?.code).toBe('FP_IO_VALUE');
  return error!.message;
};

test('a value that does not fit is named with row and column', async () => {
  expect(await refusal([{ a: 1 }, { a: 2 }, { a: 'x' }], { batchRows: 2 })).toBe(
    "Row 3 for 'a.arrow' has what cannot be saved in the column 'a': a text, where the column holds integer.",
  );
  expect(await refusal([{ a: 'x' }, { a: 1 }])).toContain("Row 2 for 'a.arrow'");
  expect(await refusal([{ a: null }, { a: 1 }], { batchRows: 1 })).toContain('null until now');
  expect(await refusal([{ a: 2n ** 63n }])).toContain('bigint');
  expect(await refusal([{ a: '\ud800' }])).toContain('Row 1');
  expect(await refusal([{ a: new Map() }])).toContain('instance of a class');
  expect(await refusal([{ a: { b: 1 } }, { a: { c: 1 } }], { batchRows: 1 })).toContain("the key 'c'");
  expect(await refusal([{ a: 1 }, { b: 1 }], { batchRows: 1 })).toContain("has the key 'b'");
  expect(await refusal([{ a: new Date(1) }], { columns: { a: 'date' } })).toContain('date');
});
