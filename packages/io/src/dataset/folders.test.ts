/** Many files as one: what is loaded from folders and patterns, and what comes back from a folder that was saved. */
import fc from 'fast-check';
import * as v from 'valibot';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { builtinLoaders, builtinSavers, parseOptions } from '../index.js';
import { type FolderIo, folderIo } from './__fixtures__/folder-io.js';

let fs: FileSystem;
let io: FolderIo;
beforeEach(() => {
  fs = createMemoryFileSystem();
  io = folderIo(fs);
});

describe.each(['records', 'batches'])('loading as %s', (as) => {
  test('a pattern is one source, in the order of the names', async () => {
    await io.write({ 'd/b.csv': 'x\n2\n', 'd/a.csv': 'x\n1\n', 'd/c.txt': 'no', 'd/deep/a.csv': 'x\n9\n' });
    const { rows, facts } = await io.load({ path: 'd/*.csv', as });
    expect(rows).toEqual([{ x: '1' }, { x: '2' }]);
    expect(facts).toMatchObject({ uri: 'memory:///d/*.csv', format: 'csv', files: 2, rows: 2, bytes: 8 });
    expect(facts.columns).toEqual([{ name: 'x', type: 'string' }]);
  });

  test('a folder is everything below it, but for private names', async () => {
    await io.write({
      'd/a.csv': 'x\n1\n',
      'd/z/b.csv': 'x\n2\n',
      'd/_SUCCESS': '',
      'd/.hidden': 'x',
      'd/_old/c.csv': 'x\n3\n',
    });
    expect((await io.load({ path: 'd/', as })).rows).toEqual([{ x: '1' }, { x: '2' }]);
  });

  test('folders named key=value become columns, typed where types say so', async () => {
    await io.write({
      'd/year=2024/m=a%2Fb/x.csv': 'n\n1\n',
      'd/year=2025/m=__HIVE_DEFAULT_PARTITION__/x.csv': 'n\n2\n',
    });
    const { rows, facts } = await io.load({ path: 'd/', types: { year: 'integer', n: 'integer' }, as });
    expect(rows).toEqual([
      { n: 1, year: 2024, m: 'a/b' },
      { n: 2, year: 2025, m: null },
    ]);
    expect(facts.columns?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'n integer',
      'year integer',
      'm string',
    ]);
    expect((await io.load({ path: 'd/', columns: ['m', 'n'], as })).rows[0]).toEqual({ m: 'a/b', n: '1' });
    expect((await io.load({ path: 'd/year=2025/**', as })).rows).toEqual([{ n: '2', m: null }]);
  });

  test('files with different columns are refused, and both are named', async () => {
    await io.write({ 'd/a.csv': 'x\n1\n', 'd/b.csv': 'x,y\n1,2\n' });
    await expect(io.load({ path: 'd/', as })).rejects.toMatchObject({
      code: 'FP_IO_COLUMNS',
      message: "'d/b.csv' has other columns than 'd/a.csv': x, y instead of x.",
    });
  });

  test('a column of the file and of its folder is refused', async () => {
    await io.write({ 'd/x=1/a.csv': 'x\n1\n' });
    await expect(io.load({ path: 'd/', as })).rejects.toMatchObject({ code: 'FP_IO_COLUMNS' });
  });

  test('no file at all is an error that says what was looked for', async () => {
    await io.write({ 'd/a.tsv': 'x\n1\n', 'd/_b.csv': 'x\n' });
    await expect(io.load({ path: 'd/*.csv', as })).rejects.toMatchObject({
      code: 'FP_IO_NO_MATCH',
      message: "No file matches 'd/*.csv'. Names that begin with _ or . are not read, and there is 1.",
    });
    await expect(io.load({ path: 'absent/', as })).rejects.toMatchObject({ code: 'FP_IO_NO_MATCH' });
  });

  test('a file that changes after it was found is not read as something else', async () => {
    await io.write({ 'd/a.csv': 'x\n1\n', 'd/b.csv': 'x\n1\n' });
    const changing = { resolve: (path: string) => ({ path, fs: changeAfterListing(fs) }) };
    const loader = builtinLoaders.csv;
    const run = async () => {
      const { value } = await loader.load(parseOptions(loader, { path: 'd/', as }), changing);
      for await (const _ of value);
    };
    await expect(run()).rejects.toMatchObject({ code: 'FP_FS_PRECONDITION_FAILED' });
  });

  test('types that are inferred are those of all files, and no text becomes a number', async () => {
    await io.write({
      'd/a.csv': 'x\n1\n',
      'd/b.csv': 'x\n1.5\n',
      'd/c.csv': 'x\n007\n',
      'd/d.csv': 'y\n1\n',
    });
    expect((await io.load({ path: 'd/[ab].csv', infer: true, as })).rows).toEqual([{ x: 1 }, { x: 1.5 }]);
    await expect(io.load({ path: 'd/[ac].csv', infer: true, as })).rejects.toMatchObject({
      code: 'FP_IO_COLUMNS',
      message: "The column 'x' is string in 'd/c.csv', and integer in 'd/a.csv'.",
    });
    await expect(io.load({ path: 'd/[ad].csv', infer: true, as })).rejects.toMatchObject({
      code: 'FP_IO_COLUMNS',
      message: "'d/d.csv' has other columns than 'd/a.csv': y instead of x.",
    });
    const types = { x: 'string' };
    expect((await io.load({ path: 'd/[ac].csv', infer: true, types, as })).rows).toEqual([
      { x: '1' },
      { x: '007' },
    ]);
  });
});

function changeAfterListing(real: FileSystem): FileSystem {
  return new Proxy(real, {
    get(target, key) {
      if (key === 'list')
        return async function* (...args: Parameters<FileSystem['list']>) {
          yield* target.list(...args);
          await target.write('d/b.csv', 'x\nchanged\n');
        };
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test.each(['csv', 'jsonl'] as const)(
  'dates of any year come back, from a file and from the name of a folder: %s',
  async (type) => {
    const dates = [8.64e15, -8.64e15, Date.UTC(-1, 0), Date.UTC(10_000, 0), 0].map((time) => new Date(time));
    await io.save(
      dates.map((date, n) => ({ n, date, ...(type === 'csv' && { same: date }) })),
      { path: 'd/', by: ['date'] },
      type,
    );
    const { rows } = await io.load({ path: 'd/' }, type);
    for (const { n, date, same = date } of rows)
      expect([date, same]).toEqual([dates[n as number], dates[n as number]]);
    expect(rows).toHaveLength(dates.length);
  },
);

test('a pattern looks into no folder that it cannot match', async () => {
  await io.write({
    'data/a/1.csv': 'x\n1\n',
    'data/a/old/1.csv': 'x\n2\n',
    'data/b/1.csv': 'x\n3\n',
    'node_modules/a.js': '',
    'node_modules/deep/a/1.csv': 'x\n4\n',
  });
  const asked: string[] = [];
  const watching = new Proxy(fs, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== 'list') return value.bind(target);
      return (...args: Parameters<FileSystem['list']>) => {
        asked.push(`${args[0]}${args[1]?.recursive === true ? '/**' : ''}`);
        return target.list(...args);
      };
    },
  });
  for (const [path, expected] of [
    ['{data/a,data/b}/*.csv', ['1', '3']],
    ['*/a/1.csv', ['1']],
    ['dat*/a/*.csv', ['1']],
    ['dat*/{a,b}/*.csv', ['1', '3']],
    ['d*/a/**', ['1', '2']],
    ['d*/a*/', ['1', '2']],
  ] as const) {
    const { rows } = await folderIo(watching).load({ path });
    expect(rows.map(({ x }) => x)).toEqual(expected);
    if (path.startsWith('{')) asked.length = 0;
  }
  expect(asked.filter((folder) => folder === '/**' || folder.startsWith('node_modules/deep'))).toEqual([]);
});

describe('saved folders in a plain one', () => {
  test('that disagree about the type of a column are refused, unless a type is declared', async () => {
    await io.save([{ n: 1, k: 1 }], { path: 'r/x/', by: ['k'] });
    await io.save([{ n: 2, k: 'a' }], { path: 'r/y/', by: ['k'] });
    await expect(io.load({ path: 'r/' })).rejects.toMatchObject({
      code: 'FP_IO_COLUMNS',
      message: expect.stringMatching(/r\/x\/k=1\/.+ column 'k' as number, .+ r?.*y\/k=a\/.+ as string\./),
    });
    const { rows } = await io.load({ path: 'r/', types: { k: 'string' } });
    expect(rows.map(({ k }) => k)).toEqual(['1', 'a']);
  });

  test('that agree keep their types', async () => {
    await io.save([{ n: 1, k: 1 }], { path: 'r/x/', by: ['k'] });
    await io.save([{ n: 2, k: null }], { path: 'r/y/', by: ['k'] });
    expect((await io.load({ path: 'r/' })).rows).toEqual([
      { n: 1, k: 1 },
      { n: 2, k: null },
    ]);
  });

  test('beside a plain file give no column two types', async () => {
    await io.save([{ a: 1 }], { path: 'r/x/' });
    await io.write({ 'r/y.csv': 'a\n007\n' });
    await expect(io.load({ path: 'r/' })).rejects.toMatchObject({ code: 'FP_IO_COLUMNS' });
    const { rows } = await io.load({ path: 'r/', types: { a: 'string' } });
    expect(rows).toEqual([{ a: '1' }, { a: '007' }]);
  });

  test('a folder saved inside of another is found by what names it, and by nothing else', async () => {
    await io.save([{ n: 1, k: 1 }], { path: 'x/', by: ['k'] });
    await io.save([{ n: 2 }], { path: 'x/k=2/' });
    const found = async (path: string) => (await io.load({ path })).rows.map(({ n }) => n);
    for (const path of ['x/', 'x/**/*.csv', 'x/k=*/*.csv', '*/k=1/*.csv'])
      expect(await found(path)).toEqual([1]);
    for (const path of ['x/k=2/', 'x/k=2/*.csv']) expect(await found(path)).toEqual([2]);
  });
});

test('a star in a name is written [*]', async () => {
  await io.write({ 'd/a*.csv': 'x\n1\n', 'd/ab.csv': 'x\n2\n', 'd/sales (1).csv': 'x\n3\n' });
  expect((await io.load({ path: 'd/a[*].csv' })).rows).toEqual([{ x: '1' }]);
  expect((await io.load({ path: 'd/sales (1).csv' })).rows).toEqual([{ x: '3' }]);
});

test('a folder without its slash is told what it lacks', async () => {
  await io.write({ 'd/a.csv': 'x\n1\n' });
  await expect(io.load({ path: 'd' })).rejects.toMatchObject({
    code: 'FP_FS_IS_DIRECTORY',
    hint: expect.stringContaining("'d/'"),
  });
});

test('jsonl takes types for the columns of folders, and for no others', async () => {
  await io.write({ 'd/year=2024/a.jsonl': '{"n":1}\n', 'd/year=2025/b.jsonl': '{"m":2}\n' });
  expect((await io.load({ path: 'd/', types: { year: 'integer' } }, 'jsonl')).rows).toEqual([
    { n: 1, year: 2024 },
    { m: 2, year: 2025 },
  ]);
  for (const path of ['d/', 'd/year=2024/a.jsonl'])
    await expect(io.load({ path, types: { n: 'integer' } }, 'jsonl')).rejects.toMatchObject({
      code: 'FP_IO_COLUMNS',
    });
});

test('numbers that were saved are numbers when they are loaded, without a word about types', async () => {
  const rows = [
    { year: 2024, region: 'n/s', total: 1.5, at: new Date(0), big: 2n ** 70n, ok: true, name: '007' },
    { year: 2025, region: null, total: -3, at: new Date(1e12), big: 1n, ok: false, name: '' },
  ];
  const facts = await io.save(rows, { path: 'out/', by: ['year', 'region'] });
  const loaded = await io.load({ path: 'out/' });
  expect(loaded.rows).toEqual(rows.map(({ year, region, ...rest }) => ({ ...rest, year, region })));
  expect(loaded.facts).toEqual(facts);
  expect(await io.paths('out')).toEqual([
    'out/_manifest.json',
    expect.stringMatching(/^out\/year=2024\/region=n%2Fs\/part-00000-.+\.csv$/),
    expect.stringMatching(/^out\/year=2025\/region=__HIVE_DEFAULT_PARTITION__\/part-00001-.+\.csv$/),
  ]);
});

const cell = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text) && !text.startsWith('\ufeff')),
  fc.constantFrom('', '..', '.', '/', 'a=b', '%', '%2F', '__HIVE_DEFAULT_PARTITION__', 'é', '*', 'CON', ' .'),
);
const partition = fc.oneof(
  fc.array(fc.option(cell), { minLength: 1 }),
  fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
  fc.array(fc.option(fc.boolean()), { minLength: 1 }),
  fc.array(fc.option(fc.bigInt()), { minLength: 1 }),
  fc.array(fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(8e12) })), {
    minLength: 1,
  }),
);

test.each(['csv', 'jsonl'] as const)('any rows come back from folders as they were: %s', async (type) => {
  await fc.assert(
    fc.asyncProperty(
      partition,
      fc.constantFrom('k', '_k', '.k', 'a b', 'ü', '*', '=', '%'),
      fc.constantFrom('records', 'batches'),
      async (values, name, as) => {
        const io = folderIo(createMemoryFileSystem());
        const short = values.filter((value) => encodeURIComponent(String(value)).length < 150);
        const rows = short.map((value, index) => ({ index, [name]: Object.is(value, -0) ? 0 : value }));
        const facts = await io.save(rows, { path: 'out/', by: [name] }, type);
        const loaded = await io.load({ path: 'out/', as }, type);
        const byIndex = loaded.rows.toSorted((a, b) => Number(a['index']) - Number(b['index']));
        expect(byIndex).toEqual(rows);
        // Whoever finds only nulls in a column reads texts.
        expect({ ...loaded.facts, columns: [] }).toEqual({ ...facts, columns: [] });
      },
    ),
    { numRuns: 200 },
  );
});

test('what the schemas tell of the path allows folders, so that editors do', () => {
  for (const { options } of [
    builtinLoaders.csv,
    builtinLoaders.jsonl,
    builtinSavers.csv,
    builtinSavers.jsonl,
  ]) {
    const told = options as unknown as {
      entries: v.ObjectEntries;
      pipe?: readonly { entries: v.ObjectEntries }[];
    };
    for (const { entries } of [told, ...(told.pipe ?? []).slice(0, 1)]) {
      expect(v.is(entries['path']!, 'out/')).toBe(true);
      expect(Object.keys(entries)).toContain('compression');
    }
  }
});
