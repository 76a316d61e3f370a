import { createMemoryFileSystem } from '@flowerpower/fs';
import { parseOptions, type RowsToSave } from '@flowerpower/io';
import { saverContract } from '@flowerpower/io/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goldenFile, loadRows } from './__fixtures__/golden.js';
import { sampleRows } from './__fixtures__/sample.js';
import { parquetSaver } from './parquet-saver.js';

saverContract(
  { describe, test },
  {
    saver: parquetSaver,
    path: 'a.parquet',
    options: { rowGroupRows: 2 },
    value: () => sampleRows,
    expected: await goldenFile('ours'),
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

async function roundTrip(value: RowsToSave, options: object = {}) {
  const fs = createMemoryFileSystem();
  const parsed = parseOptions(parquetSaver, { ...options, path: 'a.parquet' });
  const metadata = await parquetSaver.save(value, parsed, { resolve: (path) => ({ fs, path }) });
  return { metadata, rows: await loadRows(fs, 'a.parquet') };
}

test('what is saved comes back', async () => {
  const cell = {
    text: fc.string({ unit: 'grapheme' }),
    number: fc.double(),
    mixed: fc.oneof(fc.integer(), fc.double({ noNaN: true, noInteger: true })),
    integer: fc.maxSafeInteger(),
    bigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    boolean: fc.boolean(),
    date: fc.date({ noInvalidDate: true }),
    bytes: fc.uint8Array(),
    json: fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null))),
  };
  const row = fc.record(
    Object.fromEntries(
      Object.entries(cell).map(([name, value]) => [name, fc.option<unknown>(value as fc.Arbitrary<unknown>)]),
    ),
  );
  const columns = {
    text: 'string',
    number: 'number',
    mixed: 'number',
    integer: 'integer',
    bigint: 'bigint',
    boolean: 'boolean',
    date: 'timestamp',
    bytes: 'bytes',
    json: 'json',
  };
  const options = fc.record({
    rowGroupRows: fc.integer({ min: 1, max: 10 }),
    compression: fc.constantFrom('snappy', 'gzip', 'none'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), options, async (rows, given) => {
      const saved = await roundTrip(rows, { ...given, columns });
      const asSaved = rows.map((row) => ({
        ...row,
        bigint: typeof row['bigint'] === 'bigint' ? Number(row['bigint']) : null,
      }));
      const isSafe = rows.every(({ bigint }) => bigint === null || Number.isSafeInteger(Number(bigint)));
      expect(saved.rows).toEqual(isSafe ? asSaved : rows);
      expect(saved.metadata.rows).toBe(rows.length);
    }),
  );
});

test.each([
  [[1, 2], 'integer'],
  [[1, 1.5], 'number'],
  [[1.5, 1, null], 'number'],
  [[-0], 'number'],
  [[2 ** 53], 'number'],
  [[Number.NaN, 1], 'number'],
  [[1, 2n], 'bigint'],
  [[null, 'x'], 'string'],
  [[null, undefined], 'null'],
  [[new Date()], 'timestamp'],
  [[Buffer.from('x')], 'bytes'],
  [[[1], { a: 1 }], 'json'],
])('a column of %o is of the type %s', async (values, type) => {
  const { metadata, rows } = await roundTrip(values.map((a) => ({ a })));
  expect(metadata.columns).toEqual([{ name: 'a', type }]);
  expect(rows).toHaveLength(values.length);
});

test('keys may be missing, and come in any order', async () => {
  const { rows } = await roundTrip([{ a: 1 }, { b: 'x', a: 2 }, {}, { b: 'y' }]);
  expect(rows).toEqual([
    { a: 1, b: null },
    { a: 2, b: 'x' },
    { a: null, b: null },
    { a: null, b: 'y' },
  ]);
});

const refusal = async (rows: readonly object[], options: object = {}) => {
  const error = await roundTrip(rows, options).then(
    () => undefined,
    (reason: unknown) => reason as { code: string; message: string; hint?: string },
  );
  expect(error?.code).toBe('FP_IO_VALUE');
  return error!;
};

test('a value that does not fit is named with row and column', async () => {
  expect(await refusal([{ a: 1 }, { a: 2 }, { a: 'x' }], { rowGroupRows: 2 })).toMatchObject({
    message:
      "Row 3 for 'a.parquet' has a string in the column 'a', which holds whole numbers between -(2^53-1) and 2^53-1.",
  });
  expect(await refusal([{ a: 1 }, { a: 2 }, { a: 2.5 }], { rowGroupRows: 2 })).toMatchObject({
    message: expect.stringContaining('Row 3'),
    hint: "The first row group decides. Declare it in 'columns', for example as 'number', and convert what does not fit.",
  });
  expect((await refusal([{ a: 'x' }, { a: 1.5 }])).message).toBe(
    "Row 2 for 'a.parquet' has the number 1.5 in the column 'a', which holds texts.",
  );
  expect((await refusal([{ a: null }, { a: 1 }], { rowGroupRows: 1 })).message).toContain('Row 2');
  expect((await refusal([{ a: 2n ** 63n }])).message).toContain('64 bits');
  expect((await refusal([{ a: '\ud800' }])).message).toContain('half of a surrogate pair');
  expect((await refusal([{ a: [1, 2n] }])).message).toContain('bigint');
  expect((await refusal([{ a: new Map() }])).message).toContain("column 'a'");
  expect((await refusal([{ a: new Float64Array(1) }])).message).toContain("column 'a'");
  expect((await refusal([{ a: [1] }, { a: 'x' }])).message).toContain('Row 2');
});

test('columns may be named as what JavaScript gives a meaning of its own', async () => {
  const columns = JSON.parse('{"__proto__":"string","constructor":"string","x":"integer"}') as object;
  const row = JSON.parse('{"__proto__":"a","constructor":"b","x":1}') as object;
  const { rows, metadata } = await roundTrip([row], { columns });
  expect(metadata.columns?.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'x']);
  expect(JSON.stringify(rows)).toBe('[{"__proto__":"a","constructor":"b","x":1}]');
  expect(() => parseOptions(parquetSaver, { path: 'a', columns: { constructor: 'text' } })).toThrow(
    /columns\.constructor/,
  );
});

test('a column of JSON holds what JSON.stringify says', async () => {
  const proto = '{"__proto__":{"y":1},"b":1}';
  const values = [JSON.parse(proto), { toJSON: () => 5 }, { at: new Date(0) }];
  const { rows } = await roundTrip(values.map((a: unknown) => ({ a })));
  expect(rows.map(({ a }) => JSON.stringify(a))).toEqual([proto, '5', '{"at":"1970-01-01T00:00:00.000Z"}']);
});

test('minus zero stays one, however often zero is there', async () => {
  const values = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 0 : -0));
  expect((await roundTrip(values.map((a) => ({ a })))).rows.map(({ a }) => a)).toEqual(values);
});

test('a name of a column that is half of a surrogate pair is refused', async () => {
  expect((await refusal([{ a: 1, 'b\ud800': 2 }])).message).toContain('half of a surrogate pair');
  const columns = { 'b\ud800': 'string' };
  expect(() => parseOptions(parquetSaver, { path: 'a', columns })).toThrow(/half of a surrogate pair/);
});

test('a key that the first row group does not have is named', async () => {
  expect(await refusal([{ total: 1 }, { totl: 2 }], { rowGroupRows: 1 })).toMatchObject({
    message: "Row 2 for 'a.parquet' has the key 'totl', which no row of the first row group has.",
    hint: "Did you mean 'total'?",
  });
});

test('every fault of a row group is reported, at most 20', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => ({ a: index === 0 ? 1 : 'x' }));
  const error = await roundTrip(rows).catch((reason: unknown) => reason as { problems: unknown[] });
  expect((error as { problems: unknown[] }).problems).toHaveLength(20);
});

test('columns choose, order and type what is written', async () => {
  const columns = { day: 'date', b: 'string' };
  const { rows, metadata } = await roundTrip([{ b: 'x', c: 1, day: new Date('2024-02-29') }], { columns });
  expect(rows).toEqual([{ day: new Date('2024-02-29'), b: 'x' }]);
  expect(metadata.columns).toEqual([
    { name: 'day', type: 'date' },
    { name: 'b', type: 'string' },
  ]);
  expect((await refusal([{ b: 'x', day: new Date(1) }], { columns })).message).toContain(
    'not at midnight UTC',
  );
  expect((await refusal([{ b: 'x', dya: null }], { columns })).message).toContain(
    "names 'day', which no row has",
  );
});

test('without rows the declared columns are written', async () => {
  expect((await roundTrip([], { columns: { a: 'date' } })).rows).toEqual([]);
});

test('zstd is written where Node can, and refused where it cannot', async () => {
  const saved = roundTrip([{ a: 'x' }], { compression: 'zstd' });
  if ('zstdCompressSync' in (await import('node:zlib'))) expect((await saved).rows).toEqual([{ a: 'x' }]);
  else await expect(saved).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
});
