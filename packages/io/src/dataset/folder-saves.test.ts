/** Saves into folders: what is there before, who else writes, and what fails. */
import fc from 'fast-check';
import { createMemoryFileSystem, type FileSystem, isFileSystemError, tempName } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../index.js';
import { type FolderIo, folderIo } from './__fixtures__/folder-io.js';

let fs: FileSystem;
let io: FolderIo;
beforeEach(() => {
  fs = createMemoryFileSystem();
  io = folderIo(fs);
});
const rows = (...numbers: number[]) => numbers.map((n) => ({ n, k: n % 3 }));
const numbersIn = async (path = 'out/') =>
  (await io.load({ path })).rows.map(({ n }) => n as number).sort((a, b) => a - b);
const byK = { path: 'out/', by: ['k'] };

describe('modes', () => {
  test('overwrite leaves nothing of what was there, but for what others put beside it', async () => {
    await io.save(rows(1, 2, 3), byK);
    await fs.write('out/README.md', 'mine');
    await io.save(rows(4), { path: 'out/' });
    expect(await numbersIn()).toEqual([4]);
    expect(await io.paths()).toEqual([
      'out/README.md',
      'out/_manifest.json',
      expect.stringMatching(/^out\/part-00000-/),
    ]);
  });

  test('append adds in the order of the saves, and must fit', async () => {
    const once = await io.save(rows(3), { path: 'out/', mode: 'append' });
    const twice = await io.save(rows(1, 2), { path: 'out/', mode: 'append' });
    expect([once.rows, once.files, twice.rows, twice.files]).toEqual([1, 1, 3, 2]);
    const { rows: loaded, facts } = await io.load({ path: 'out/' });
    expect(loaded.map(({ n }) => n)).toEqual([3, 1, 2]);
    expect(facts).toEqual(twice);
    for (const [value, more, message] of [
      [[{ n: 'text', k: 1 }], {}, "its column 'n' holds number values, and the new rows have string ones"],
      [[{ n: 1 }], {}, 'its columns are n, k, and those of the new rows n'],
      [rows(1), { by: ['k'] }, 'its folders are by no column, and those of the new rows by k'],
    ] as const) {
      const failed = io.save(value, { path: 'out/', mode: 'append', ...more });
      await expect(failed).rejects.toMatchObject({
        code: 'FP_IO_FOLDER',
        message: `'out/' cannot be appended to: ${message}.`,
      });
    }
    await expect(io.save(rows(1), { path: 'out/', mode: 'append' }, 'jsonl')).rejects.toMatchObject({
      code: 'FP_IO_FOLDER',
    });
    expect(await io.load({ path: 'out/' })).toEqual({ rows: loaded, facts });
    expect(await io.paths()).toHaveLength(3);
  });

  test('append with another delimiter is refused: no delimiter would read both', async () => {
    await io.save(rows(1), { path: 'out/', delimiter: ';' });
    await expect(io.save(rows(2), { path: 'out/', mode: 'append' })).rejects.toMatchObject({
      code: 'FP_IO_FOLDER',
      message: `'out/' cannot be appended to: its files have the delimiter ";", and those of the new rows ",".`,
    });
    await io.save(rows(2), { path: 'out/', mode: 'append', delimiter: ';' });
    const { rows: loaded } = await io.load({ path: 'out/', delimiter: ';' });
    expect(loaded).toEqual(rows(1, 2));
    await io.save([], { ...byK, delimiter: ';' });
    await io.save(rows(3), { ...byK, mode: 'append' });
    expect(await numbersIn()).toEqual([3]);
  });

  test('error: a folder with anything in it is refused before a row is asked for', async () => {
    await io.save(rows(1), { path: 'out/', mode: 'error' });
    await fs.write('other/x', '');
    const asked = { [Symbol.iterator]: () => expect.unreachable() };
    for (const path of ['out/', 'other/'])
      await expect(io.save(asked, { path, mode: 'error' })).rejects.toMatchObject({ code: 'FP_IO_EXISTS' });
    expect(await numbersIn()).toEqual([1]);
  });

  test('error: of one file, whoever creates it meanwhile', async () => {
    await io.save(rows(1), { path: 'a.csv', mode: 'error' });
    await expect(io.save(rows(2), { path: 'a.csv', mode: 'error' })).rejects.toMatchObject({
      code: 'FP_IO_EXISTS',
    });
    async function* meanwhile() {
      yield rows(1);
      await fs.write('b.csv', 'theirs');
    }
    await expect(io.save(meanwhile(), { path: 'b.csv', mode: 'error' })).rejects.toMatchObject({
      code: 'FP_IO_EXISTS',
    });
    expect(await fs.readText('b.csv')).toBe('theirs');
  });

  test('what makes no sense for one file, or for a pattern, is told with the options', async () => {
    for (const [options, message] of [
      [{ path: 'a.csv', mode: 'append' }, /csv.mode: a file is not added to/],
      [{ path: 'a.csv', by: ['k'] }, /csv.by: rows are split into the files of a folder only/],
      [{ path: 'out/*.csv' }, /csv.path: a path to save to holds none of/],
      [{ path: 'out/', by: [] }, /csv.by: must name a column/],
      [{ path: 'out/', by: ['a', 'a'] }, /csv.by: must not repeat a name/],
      [{ path: 'out/', mode: 'replace' }, /csv.mode must be "overwrite" or "append" or "error"/],
    ] as const)
      await expect(io.save([], options)).rejects.toMatchObject({
        code: 'FP_IO_OPTIONS',
        message: expect.stringMatching(message),
      });
  });

  test.each(['overwrite', 'append'])('files of others are neither deleted nor mixed: %s', async (mode) => {
    await io.write({ 'out/a.csv': 'n\n1\n', 'out/deep/b.txt': 'x' });
    await expect(io.save(rows(1), { path: 'out/', mode })).rejects.toMatchObject({
      code: 'FP_IO_FOREIGN_FILES',
      message: expect.stringContaining('out/a.csv, out/deep/b.txt'),
    });
    expect(await io.paths()).toEqual(['out/a.csv', 'out/deep/b.txt']);
  });

  test('by may not name all columns, and says so', async () => {
    await expect(io.save([{ k: 1 }], byK)).rejects.toMatchObject({
      code: 'FP_IO_VALUE',
      message: "Row 1 for 'out/' has no columns but those of 'by' (k): nothing is left for the files.",
    });
    expect(await io.paths()).toEqual([]);
  });

  test('parts that lost their manifest are files of others', async () => {
    await io.save(rows(1), { path: 'out/' });
    await fs.delete('out/_manifest.json');
    await expect(io.save(rows(2), { path: 'out/' })).rejects.toMatchObject({ code: 'FP_IO_FOREIGN_FILES' });
    expect((await io.load({ path: 'out/' })).rows).toEqual([{ n: '1', k: '1' }]);
  });
});

describe('rows', () => {
  test.each([
    [[{ k: NaN, n: 1 }], "Row 1 for 'out/' has NaN in the column 'k'"],
    [
      [
        { k: 1, n: 1 },
        { k: {}, n: 1 },
      ],
      "Row 2 for 'out/' has an object in the column 'k'",
    ],
    [[{ k: new Date(NaN), n: 1 }], 'an invalid Date'],
    [
      [
        { k: 1, n: 1 },
        { k: '1', n: 1 },
      ],
      "has a string in the column 'k', which is to name folders, and rows before it have a number",
    ],
    [[{ k: 'ä'.repeat(200), n: 1 }], 'longer than a name of a folder can be'],
    [[{ k: '\ud800', n: 1 }], 'half of a surrogate pair'],
    [[{ n: 1 }], "'by' for 'out/' names 'k', which no row has"],
    [
      [
        {
          get k() {
            throw new Error('no');
          },
          n: 1,
        },
      ],
      'a value that cannot be read (no)',
    ],
    [
      [
        { k: 1, n: 1 },
        { k: 2, m: 1 },
      ],
      'not all rows have the same keys',
    ],
    [[{ k: 1, n: Infinity }], "Row 1 for 'out/k=1/part-00000-"],
  ])('that cannot name a folder or stand in one are refused: %#', async (value: object[], message) => {
    await io.save(rows(7), byK);
    const before = await io.paths();
    await expect(io.save(value, byK)).rejects.toMatchObject({
      code: 'FP_IO_VALUE',
      message: expect.stringContaining(message),
    });
    expect(await io.paths()).toEqual(before);
    expect(await numbersIn()).toEqual([7]);
  });

  test('a row without a key of the first one has null there, in whatever file it is the first', async () => {
    await io.save(
      [
        { k: 1, n: 1, m: 'x' },
        { k: 2, n: 2 },
      ],
      byK,
    );
    expect((await io.load({ path: 'out/', nullValues: [''] })).rows).toEqual([
      { n: 1, m: 'x', k: 1 },
      { n: 2, m: null, k: 2 },
    ]);
  });

  test('columns that are named are written, and no others', async () => {
    const value = [
      { k: 1, n: 1, secret: 's' },
      { k: 2, n: 2, secret: 's' },
    ];
    await io.save(value, { ...byK, columns: ['k', 'n'] });
    expect((await io.load({ path: 'out/' })).rows).toEqual([
      { n: 1, k: 1 },
      { n: 2, k: 2 },
    ]);
    await expect(io.save(value, { ...byK, columns: ['k', 'm'] })).rejects.toMatchObject({
      message: expect.stringContaining("'columns' for 'out/' names 'm', which no row has"),
    });
    await expect(io.save(value, { ...byK, columns: ['k'] })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
  });

  test('none make an empty folder that can be loaded and added to', async () => {
    const facts = await io.save([], byK);
    expect(facts).toMatchObject({ rows: 0, files: 0, bytes: 0 });
    for (const as of ['records', 'batches'])
      expect((await io.load({ path: 'out/', as })).facts).toMatchObject({
        ...facts,
        columns: [{ name: 'k' }],
      });
    await io.save(rows(1), { ...byK, mode: 'append' });
    expect(await numbersIn()).toEqual([1]);
    await io.save([], { path: 'plain/' });
    await io.save(rows(1), { path: 'plain/', mode: 'append' });
    expect(await numbersIn('plain/')).toEqual([1]);
  });

  test('10,000 folders in any order, of which few are open at once', async () => {
    let open = 0;
    let most = 0;
    const counting = new Proxy(fs, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (key !== 'openWrite') return value.bind(target);
        return async (...args: Parameters<FileSystem['openWrite']>) => {
          const writer = await target.openWrite(...args);
          most = Math.max(most, ++open);
          return {
            ...writer,
            write: writer.write.bind(writer),
            abort: writer.abort.bind(writer),
            close: () => (open--, writer.close()),
          };
        };
      },
    });
    const count = 10_000;
    async function* value() {
      for (let n = 0; n < count; n++) yield { n, k: (n * 7919) % count };
      yield { n: count, k: 0 };
    }
    const facts = await folderIo(counting).save(value(), byK);
    expect(facts).toMatchObject({ rows: count + 1, files: count + 1 });
    expect(most).toBe(16);
    const { rows: loaded } = await io.load({ path: 'out/', as: 'batches' });
    expect(loaded).toHaveLength(count + 1);
    expect(loaded.every(({ n, k }) => k === ((n as number) * 7919) % count)).toBe(true);
  });
});

describe('failures', () => {
  const settings = [
    ['one file', { path: 'out/a.csv', mode: 'error' }],
    ['one part', { path: 'out/' }],
    ['parts by a column', byK],
    ['parts that are added', { ...byK, mode: 'append' }],
  ] as const;

  test.each(settings)('at any call of the filesystem leave the old or the new: %s', async (_, options) => {
    const isFile = options.path === 'out/a.csv';
    for (let n = 1; ; n++) {
      fs = createMemoryFileSystem();
      io = folderIo(fs);
      if (!isFile) await io.save(rows(1, 2), options);
      const faulty = withFaults(fs, [{ call: n, fail: 'Unavailable' }]);
      const failed = await folderIo(faulty.fs)
        .save(rows(4, 5, 6), options)
        .then(
          () => false,
          (error: unknown) => error as { code: string },
        );
      expect(faulty.openHandles).toBe(0);
      if (isFile) {
        expect(await io.paths()).toEqual(failed ? [] : ['out/a.csv']);
      } else {
        const after = 'mode' in options ? [1, 2, 4, 5, 6] : [4, 5, 6];
        const found = await numbersIn();
        expect([[1, 2], after]).toContainEqual(found);
        if (!failed) expect(found).toEqual(after);
        // What is added later comes to what is there, whatever the failure left.
        await io.save(rows(9), { ...options, mode: 'append' });
        expect(await numbersIn()).toEqual([...found, 9]);
      }
      if (faulty.calls.length < n) break;
    }
  });

  test.each(settings.slice(1))('without an answer lost they leave no file behind: %s', async (_, options) => {
    await io.save(rows(1, 2), options);
    const before = await io.paths();
    async function* broken() {
      yield rows(1, 2, 3, 4);
      yield Promise.reject(new Error('no more'));
    }
    await expect(io.save(broken(), options)).rejects.toThrow('no more');
    expect(await io.paths()).toEqual(before);
    const controller = new AbortController();
    async function* aborting() {
      yield rows(1, 2, 3, 4);
      controller.abort();
      yield rows(5);
    }
    const error: unknown = await folderIo(fs, controller.signal)
      .save(aborting(), options)
      .catch((reason: unknown) => reason);
    expect(isFileSystemError(error, 'Aborted')).toBe(true);
    expect(await io.paths()).toEqual(before);
  });

  test('an answer that was lost is looked up', async () => {
    await io.save(rows(1), byK);
    const lossy = new Proxy(fs, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (key !== 'write') return value.bind(target);
        return async (...args: Parameters<FileSystem['write']>) => {
          const info = await target.write(...args);
          if (!args[0].endsWith('_manifest.json')) return info;
          return withFaults(target, [{ call: 1, fail: 'Unavailable' }]).fs.stat(args[0]);
        };
      },
    });
    expect(await folderIo(lossy).save(rows(2), byK)).toMatchObject({ rows: 1 });
    expect(await numbersIn()).toEqual([2]);
    expect(await io.paths()).toHaveLength(2);
  });
});

describe('several at once', () => {
  test('of two that overwrite one wins, and the other says so', async () => {
    await io.save(rows(0), byK);
    const results = await Promise.allSettled([io.save(rows(1, 2), byK), io.save(rows(3, 4), byK)]);
    const lost = results.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject([{ reason: { code: 'FP_IO_CONFLICT' } }]);
    expect([
      [1, 2],
      [3, 4],
    ]).toContainEqual(await numbersIn());
    expect(await io.paths()).toHaveLength(3);
  });

  test('all that append are there', async () => {
    const many = Array.from({ length: 8 }, (_, n) => n);
    await Promise.all(many.map((n) => io.save(rows(n), { ...byK, mode: 'append' })));
    expect(await numbersIn()).toEqual(many);
    expect(await io.paths()).toHaveLength(9);
  });

  test('the parts of a save under way are neither read nor removed', async () => {
    let go!: () => void;
    const waiting = new Promise<void>((resolve) => (go = resolve));
    let begun!: () => void;
    const first = new Promise<void>((resolve) => (begun = resolve));
    async function* slow() {
      // Parts in more folders than are open at once, so that some are complete.
      yield Array.from({ length: 40 }, (_, n) => ({ n, k: n }));
      yield Array.from({ length: 1000 }, (_, n) => ({ n, k: n % 40 }));
      begun();
      await waiting;
    }
    const saving = io.save(slow(), { ...byK, mode: 'append' });
    await first;
    expect((await io.paths('out')).some((path) => path.includes('part-'))).toBe(true);
    await expect(numbersIn()).rejects.toMatchObject({ code: 'FP_IO_NO_MATCH' });
    await expect(numbersIn('out/**/*.csv')).rejects.toMatchObject({ code: 'FP_IO_NO_MATCH' });
    await io.save(rows(1), { ...byK, mode: 'append' });
    expect(await numbersIn()).toEqual([1]);
    expect(await numbersIn('out/k=*/*.csv')).toEqual([1]);
    expect(await numbersIn('out/k=1/')).toEqual([1]);
    go();
    await saving;
    expect(await numbersIn()).toHaveLength(1041);
  });

  test('what a dead process left is removed, what a living one writes is not, and what nobody noted is left alone', async () => {
    await io.save(rows(1), byK);
    const id = (save: string) => save.slice('.save.'.length, -'.tmp'.length);
    const living = id(tempName('save'));
    // No process has this number.
    const dead = living.replace(/\.\d+\./, '.999999999.');
    const unnoted = dead.replace(/.{12}$/, 'abcdefabcdef');
    await io.write({
      [`out/_saving-${dead}.json`]: '{"replaces":[]}',
      [`out/k=1/part-00000-${dead}.csv`]: 'n\n1\n',
      [`out/_saving-${living}.json`]: '{"replaces":[]}',
      [`out/k=1/part-00000-${living}.csv`]: 'n\n1\n',
      [`out/k=1/part-00000-${unnoted}.csv`]: 'n\n1\n',
      'out/_manifest-0-1.lock': dead,
    });
    await io.save(rows(2), byK);
    expect(await numbersIn()).toEqual([2]);
    expect(await io.paths()).toEqual([
      'out/_manifest.json',
      `out/_saving-${living}.json`,
      ...[living, unnoted].sort().map((save) => `out/k=1/part-00000-${save}.csv`),
      expect.stringMatching(/^out\/k=2\/part-/),
    ]);
  });
});

/** Of a save whose process is gone: none has this number. */
function deadSave(): string {
  const save = tempName('save').slice('.save.'.length, -'.tmp'.length);
  return save.replace(/\.\d+\./, '.999999999.');
}

test.each([
  ['error', 'FP_IO_EXISTS'],
  ['append', 'FP_IO_FOREIGN_FILES'],
  ['overwrite', 'FP_IO_FOREIGN_FILES'],
])('what a dead overwrite was to replace stays, where its manifest was removed: %s', async (mode, code) => {
  await io.save(rows(1), { path: 'out/' });
  const [, part] = await io.paths();
  const replaced = /part-00000-(.+)\.csv$/.exec(part!)![1];
  await fs.write(`out/_saving-${deadSave()}.json`, JSON.stringify({ replaces: [replaced] }));
  await fs.delete('out/_manifest.json');
  const before = await io.paths();
  await expect(io.save(rows(2), { path: 'out/', mode })).rejects.toMatchObject({ code });
  expect(await io.paths()).toEqual(before);
  expect((await io.load({ path: 'out/' })).rows).toEqual([{ n: '1', k: '1' }]);
});

test.each([3, 40])(
  'a save whose parts were removed before its end does not become visible: %i',
  async (folders) => {
    await io.save(rows(1), byK);
    const others = await io.paths();
    const removing = new Proxy(fs, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (key !== 'openWrite') return value.bind(target);
        return async (...args: Parameters<FileSystem['openWrite']>) => {
          const writer = await target.openWrite(...args);
          const close = async () => {
            const info = await writer.close();
            if (args[0].includes('/k=2/')) await target.delete(args[0]);
            return info;
          };
          return { ...writer, write: writer.write.bind(writer), abort: writer.abort.bind(writer), close };
        };
      },
    });
    const value = Array.from({ length: folders }, (_, n) => ({ n, k: n }));
    await expect(folderIo(removing).save(value, { ...byK, mode: 'append' })).rejects.toMatchObject({
      code: 'FP_IO_CONFLICT',
      message: expect.stringContaining('out/k=2/part-'),
    });
    expect(await io.paths()).toEqual(others);
    expect(await numbersIn()).toEqual([1]);
  },
);

describe('a manifest', () => {
  test('that is damaged, or names what is not there or is something else, is not trusted', async () => {
    await io.save(rows(1), { path: 'out/' });
    const [, part] = await io.paths();
    await fs.write(part!, 'n,k\n2,2\n');
    await expect(numbersIn()).rejects.toMatchObject({
      code: 'FP_IO_FOLDER',
      message: expect.stringContaining('is not what was saved'),
    });
    await fs.delete(part!);
    await expect(numbersIn()).rejects.toMatchObject({
      code: 'FP_IO_FOLDER',
      message: expect.stringContaining('is missing'),
    });
    await expect(io.load({ path: 'out/' }, 'jsonl')).rejects.toMatchObject({ code: 'FP_IO_FOLDER' });
    for (const text of ['{', '{}', '[]', 'null']) {
      await fs.write('out/_manifest.json', text);
      await expect(numbersIn()).rejects.toMatchObject({ code: 'FP_IO_FOLDER' });
      await expect(io.save(rows(1), { path: 'out/' })).rejects.toMatchObject({ code: 'FP_IO_FOLDER' });
    }
  });

  test('leads to no file outside of its folder, and deletes none but parts', async () => {
    await io.save(rows(1), { path: 'out/' });
    await io.write({ 'secret.csv': 'n,k\n1,1\n', 'out/mine.csv': 'n,k\n1,1\n' });
    const text = await fs.readText('out/_manifest.json');
    const naming = (path: string) => text.replace(/"path":"[^"]+"/, `"path":"${path}"`);
    for (const path of ['../secret.csv', '/secret.csv', 'a/../../secret.csv']) {
      await fs.write('out/_manifest.json', naming(path));
      await expect(numbersIn()).rejects.toMatchObject({ code: 'FP_FS_INVALID_PATH' });
    }
    for (const path of ['../secret.csv', 'mine.csv']) {
      await fs.write('out/_manifest.json', naming(path));
      await io.save(rows(3), { path: 'out/' });
    }
    expect(await io.paths()).toEqual(expect.arrayContaining(['secret.csv', 'out/mine.csv']));
  });
});

test('whatever is saved in whatever order, a reader finds what a simple model says', async () => {
  const action = fc.record({
    mode: fc.constantFrom('overwrite', 'append', 'error'),
    values: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }),
    failAt: fc.option(fc.integer({ min: 1, max: 60 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 6 }), async (actions) => {
      fs = createMemoryFileSystem();
      io = folderIo(fs);
      let expected: number[] | undefined;
      for (const { mode, values, failAt } of actions) {
        const faulty = withFaults(fs, failAt === null ? [] : [{ call: failAt, fail: 'Unavailable' }]);
        const value: Row[] = rows(...values);
        const failed = await folderIo(faulty.fs)
          .save(value, { ...byK, mode })
          .then(
            () => false,
            () => true,
          );
        const wanted =
          mode === 'overwrite' || expected === undefined
            ? values
            : mode === 'append'
              ? [...expected, ...values]
              : expected;
        const sorted = wanted.toSorted((a, b) => a - b);
        const exists = await fs.exists('out/_manifest.json');
        const found = exists ? await numbersIn() : undefined;
        expect(failed ? [expected, sorted] : [sorted]).toContainEqual(found);
        expected = found;
      }
    }),
    { numRuns: 150 },
  );
});
