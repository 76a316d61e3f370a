/** What pyarrow wrote, read here: every type, codec and kind of page. */
import { expect, test } from 'vitest';
import { loadGolden } from './__fixtures__/golden.js';

const nothing = null;
const utc = (text: string) => new Date(text);
const bytes = (...values: number[]) => Uint8Array.from(values);

/** By column, its six values. */
const expected: Record<string, unknown[]> = {
  b: [true, false, null, true, false, true],
  i8: [1, -2, null, 127, -128, 0],
  u8: [1, 2, null, 255, 0, 7],
  i32: [1, -2, null, 2147483647, -2147483648, 0],
  u32: [1, 2, null, 4294967295, 0, 7],
  i64: [1n, -2n, null, 9007199254740993n, -9223372036854775808n, 9223372036854775807n],
  safe: [1, -2, null, 9007199254740991, 5, 6],
  u64: [1n, 2n, null, 18446744073709551615n, 0n, 7n],
  f16: [1.5, -2, null, 0, 65504, 0.25],
  f32: [1.5, -2.5, null, 0.5, Infinity, NaN],
  f64: [1.5, -2.5, null, 0.1, -Infinity, NaN],
  s: ['a', 'ü€', '', null, '😀', '\ufeffbom'],
  dict: ['n', 's', null, 'n', 'n', 's'],
  bin: [bytes(0, 255), bytes(), null, bytes(97, 98, 99), bytes(128), bytes(122)],
  fixed: [bytes(0, 255), bytes(97, 98), null, bytes(120, 121), bytes(128, 129), bytes(122, 122)],
  money: ['1.23', '-1.00', null, '999.99', '0.01', '0.00'],
  d128: [
    '12345678901234567890.123456',
    '-0.000001',
    null,
    '1.000000',
    '99999999999999999999999999999999.999999',
    '0.000000',
  ],
  d256: [`1${'0'.repeat(60)}`, '-1', null, '2', '3', '0'],
  day: [utc('1970-01-01'), utc('2026-11-29'), null, utc('0001-01-01'), utc('1969-12-31'), utc('9999-12-31')],
  ts_ms: [new Date(0), new Date(1), null, new Date(1700000000123), new Date(-1), new Date(5)],
  ts_us: [new Date(0), new Date(1), null, new Date(1700000000123), new Date(-1), new Date(5)],
  t_ms: ['00:00:00.000', '00:00:00.001', null, '23:59:59.999', '00:00:00.005', '00:00:00.006'],
  t_ns: [
    '00:00:00.000000000',
    '00:00:00.000000001',
    null,
    '23:59:59.999999999',
    '00:00:00.000000005',
    '00:00:00.000000006',
  ],
  list: [[1, 2], [], null, [null, 3], [4], [5]],
  struct: [
    { x: 1, y: 'a' },
    { x: null, y: 'b' },
    null,
    { x: 3, y: null },
    { x: 4, y: 'd' },
    { x: 5, y: 'e' },
  ],
  map: [{ k: 1 }, {}, null, { a: 1, b: null }, { z: 9 }, { y: 8 }],
  nested: [[{ a: '1.10' }], [], null, [{ a: null }, null], [{ a: '2.20' }], [{ a: '3.30' }]],
  nothing: [nothing, nothing, nothing, nothing, nothing, nothing],
};

const fine = {
  fine: [
    '1970-01-01T00:00:00.000000',
    '1970-01-01T00:00:00.000001',
    null,
    '2023-11-14T22:13:20.123456',
    '1969-12-31T23:59:59.999999',
    '1970-01-01T00:00:00.000005',
  ],
  ts_ns: [
    '1970-01-01T00:00:00.000000000Z',
    '1970-01-01T00:00:00.000000001Z',
    null,
    '2023-11-14T22:13:20.123456789Z',
    '1969-12-31T23:59:59.999999999Z',
    '1970-01-01T00:00:00.000000005Z',
  ],
};

const rowsOf = (columns: Record<string, unknown[]>) =>
  Array.from({ length: 6 }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]])),
  );

test.each(['snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'none', 'pages-v2'])('%s: every type', async (name) => {
  const rows = await loadGolden(name, { columns: Object.keys(expected) });
  expect(rows).toEqual(rowsOf(expected));
});

test('timestamps keep every digit as texts', async () => {
  expect(await loadGolden('zstd', { columns: Object.keys(fine), timestamps: 'string' })).toEqual(
    rowsOf(fine),
  );
});

test('a timestamp finer than a Date is an error, unless it is to be cut', async () => {
  await expect(loadGolden('zstd', { columns: ['fine'] })).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message:
      "'zstd.parquet' row 2: 1970-01-01T00:00:00.000001 is finer than a Date, which holds milliseconds, in the column 'fine'.",
    hint: "Set timestamps: 'string' to keep every digit, or 'milliseconds' to cut there.",
  });
  const cut = await loadGolden('zstd', { columns: ['fine'], timestamps: 'milliseconds' });
  expect(cut.map(({ fine }) => fine)).toEqual([
    new Date(0),
    new Date(0),
    null,
    new Date(1700000000123),
    new Date(-1),
    new Date(0),
  ]);
});

test('the encodings of differences', async () => {
  const names = ['i32', 'i64', 's', 'f64', 'b'];
  const columns = Object.fromEntries(names.map((name) => [name, expected[name]!]));
  expect(await loadGolden('delta')).toEqual(rowsOf(columns));
});

test('timestamps of 96 bits', async () => {
  expect(await loadGolden('int96', { timestamps: 'string' })).toEqual(rowsOf({ ts_ns: fine.ts_ns }));
});

test('a file without rows has none', async () => {
  expect(await loadGolden('no-rows')).toEqual([]);
});

test.each([
  ['bigint', [1n, -2n, null, 9007199254740991n, 5n, 6n]],
  ['string', ['1', '-2', null, '9007199254740991', '5', '6']],
  ['number', [1, -2, null, 9007199254740991, 5, 6]],
] as const)('int64: %s', async (int64, values) => {
  const rows = await loadGolden('snappy', { columns: ['safe'], int64 });
  expect(rows.map(({ safe }) => safe)).toEqual(values);
});

test('int64: number refuses to round', async () => {
  await expect(loadGolden('snappy', { columns: ['i64'], int64: 'number' })).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message: "'snappy.parquet' row 4: 9007199254740993 would lose digits as a number, in the column 'i64'.",
  });
});

test('without statistics integers of 64 bits are bigint', async () => {
  expect((await loadGolden('years-no-statistics', { columns: ['id'] }))[1]).toEqual({ id: 1n });
  expect((await loadGolden('years', { columns: ['id'] }))[1]).toEqual({ id: 1 });
});

test('decimals: number gives the nearest ones', async () => {
  const rows = await loadGolden('snappy', { columns: ['money', 'd128'], decimals: 'number' });
  expect(rows[0]).toEqual({ money: 1.23, d128: 12345678901234567000 });
});

test('an encrypted file is refused, and of one with an encrypted column that column', async () => {
  await expect(loadGolden('encrypted')).rejects.toMatchObject({
    code: 'FP_IO_PARSE',
    message: "'encrypted.parquet' cannot be read here: its footer is encrypted.",
  });
  await expect(loadGolden('encrypted-column')).rejects.toMatchObject({
    message: "'encrypted-column.parquet' cannot be read here: its column 'id' is encrypted.",
  });
  expect(await loadGolden('encrypted-column', { columns: ['year'], filter: { year: 2023 } })).toHaveLength(4);
});

test('unknown columns are refused with the nearest one', async () => {
  await expect(loadGolden('years', { columns: ['yaer'] })).rejects.toMatchObject({
    code: 'FP_IO_COLUMNS',
    message: "'years.parquet' has no column 'yaer', which 'columns' names.",
    hint: "Did you mean 'year'?",
  });
});
