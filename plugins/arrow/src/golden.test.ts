/** What pyarrow wrote, read here: every type and codec, in files and streams. */
import type { Table } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { goldenFile, loadBytes, loadGolden } from './__fixtures__/golden.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** By column, its four values. */
const expected: Record<string, unknown[]> = {
  b: [true, false, null, true],
  i8: [1, -2, null, 127],
  u32: [1, 2, null, 4294967295],
  i64: [1n, -2n, null, 9007199254740993n],
  safe: [1, -2, null, 9007199254740991],
  u64: [1n, 2n, null, 18446744073709551615n],
  f16: [1.5, -2, null, 0.25],
  f32: [1.5, -2.5, null, 0.5],
  f64: [1.5, -2.5, null, 0.1],
  s: ['a', 'ü€', '', null],
  ls: ['a', 'ü€', '', null],
  sv: ['a', 'a text of more than twelve bytes', '', null],
  dict: ['n', 's', null, 'n'],
  bin: [bytes(0, 255), bytes(), null, bytes(97, 98, 99)],
  fixed: [bytes(0, 255), bytes(97, 98), null, bytes(120, 121)],
  money: ['1.23', '-1.00', null, '999.99'],
  d256: [`1${'0'.repeat(60)}`, '-1', null, '2'],
  day: ['1970-01-01', '2026-11-29', null, '0001-01-01'],
  day64: ['1970-01-01', '2026-11-29', null, '0001-01-01'],
  ts_s: ['1970-01-01T00:00:00', '1970-01-01T00:00:01', null, '2023-11-14T22:13:20'],
  ts_ms: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z', null, '2023-11-14T22:13:20.123Z'],
  ts_us: ['1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:00.001000Z', null, '2023-11-14T22:13:20.123000Z'],
  fine: ['1970-01-01T00:00:00.000000', '1970-01-01T00:00:00.000001', null, '2023-11-14T22:13:20.123456'],
  ts_ns: [
    '1970-01-01T00:00:00.000000000Z',
    '1970-01-01T00:00:00.000000001Z',
    null,
    '2023-11-14T22:13:20.123456789Z',
  ],
  t_s: ['00:00:00', '00:00:01', null, '23:59:59'],
  t_ns: ['00:00:00.000000000', '00:00:00.000000001', null, '23:59:59.999999999'],
  span: [0n, 1n, null, 9007199254740993n],
  list: [[1, 2], [], null, [null, 3]],
  pair: [[1, 2], [3, 4], null, [5, null]],
  struct: [{ x: 1, y: 'a' }, { x: null, y: 'b' }, null, { x: 3, y: null }],
  map: [{ k: 1 }, {}, null, { a: 1, b: null }],
  nested: [[{ a: '1.10' }], [], null, [{ a: null }, null]],
  nothing: [null, null, null, null],
};

const rows = Array.from({ length: 4 }, (_, row) =>
  Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, values[row]])),
);
const files = ['uncompressed.arrow', 'lz4.arrow', 'zstd.arrow', 'stream-zstd.arrows', 'stream-lz4.arrows'];

describe.each(files)('%s', (name) => {
  test('every type, as rows', async () => {
    expect(await loadGolden(name, { timestamps: 'string' })).toEqual(rows);
  });

  test('as a table', async () => {
    const table = (await loadBytes(await goldenFile(name), { as: 'arrow' })) as Table;
    expect(table.numRows).toBe(4);
    expect(table.getChild('i64')!.toArray()[3]).toBe(9007199254740993n);
  });
});

test('timestamps and dates are Dates, and one that is finer is an error unless it is to be cut', async () => {
  await expect(loadGolden('zstd.arrow')).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message:
      "'a.arrow' row 2: 1970-01-01T00:00:00.000001 is finer than a Date, which holds milliseconds, in the column 'fine'.",
  });
  const cut = await loadGolden('zstd.arrow', { timestamps: 'milliseconds' });
  expect(cut.map(({ fine, ts_s, day }) => [fine, ts_s, day])).toEqual([
    [new Date(0), new Date(0), new Date(0)],
    [new Date(0), new Date(1000), new Date('2026-11-29')],
    [null, null, null],
    [new Date(1700000000123), new Date(1700000000000), new Date('0001-01-01')],
  ]);
});

test.each([
  ['bigint', [1n, -2n, null, 9007199254740991n]],
  ['string', ['1', '-2', null, '9007199254740991']],
] as const)('int64: %s', async (int64, values) => {
  const loaded = await loadGolden('lz4.arrow', { int64, timestamps: 'string' });
  expect(loaded.map(({ safe }) => safe)).toEqual(values);
});

test('of batches the first decides what integers are, and a later one that would be rounded is an error', async () => {
  await expect(loadGolden('lz4.arrow', { as: 'batches', timestamps: 'string' })).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message: "'a.arrow' row 4: 9007199254740993 would lose digits as a number, in the column 'i64'.",
  });
  const loaded = await loadGolden('lz4.arrow', { as: 'batches', int64: 'bigint', timestamps: 'string' });
  expect(loaded.map(({ i64 }) => i64)).toEqual(expected['i64']);
});

test('decimals: number gives the nearest ones', async () => {
  const [row] = await loadGolden('lz4.arrow', { decimals: 'number', timestamps: 'string' });
  expect(row).toMatchObject({ money: 1.23, d256: 1e60 });
});

test('blocks of LZ4 that refer to each other', async () => {
  const words = await loadGolden('lz4-blocks.arrow');
  expect(words).toHaveLength(20_000);
  expect(words[19_999]).toEqual({ id: 19_999, text: `word ${19_999 % 997} of the text ${19_999 % 31}` });
});

test('a file without rows has none', async () => {
  expect(await loadGolden('no-rows.arrow')).toEqual([]);
});

test('a type that has no rows is named, and loads as a table', async () => {
  await expect(loadGolden('interval.arrow')).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message: expect.stringContaining("The column 'every' of 'a.arrow' cannot be read as rows"),
  });
  const table = (await loadBytes(await goldenFile('interval.arrow'), { as: 'arrow' })) as Table;
  expect(table.numRows).toBe(1);
});
