/** Loading and saving from code, with real files in memory and on disk. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkOutput,
  createDriver,
  type Driver,
  extractFields,
  inRange,
  loadFrom,
  loadNode,
  node,
  parameterize,
  saveNode,
  saveTo,
  source,
} from '@flowerpower/core';
import { createLocalFileSystem, createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../__fixtures__/memory-io.js';
import {
  bindLoader,
  builtinLoaders,
  createMaterializers,
  defineLoader,
  factsNow,
  fileResources,
  type OptionsSchema,
  to,
} from '../index.js';

interface Sale {
  readonly region: string;
  readonly total: number;
}
const revenue = ({ sales }: { sales: readonly Sale[] }) => sales.reduce((sum, { total }) => sum + total, 0);
const csv = 'region,total\nnorth,3\nsouth,4\n';

describe.each(['memory', 'local'])('on the %s filesystem', (kind) => {
  let root: string;
  let fs: FileSystem;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'flowerpower-io-'));
    fs = kind === 'memory' ? createMemoryFileSystem() : createLocalFileSystem({ root });
    await fs.write('sales.csv', csv);
  });
  afterEach(async () => {
    await fs.close();
    await rm(root, { recursive: true, force: true });
  });

  test('a parameter is loaded and the result saved, with the facts about both files', async () => {
    const { from, to } = createMaterializers({ fileSystem: fs });
    const m = {
      revenue: node(
        revenue,
        loadFrom({ sales: from.csv({ path: 'sales.csv', types: { total: 'integer' }, nullValues: [] }) }),
        saveTo(to.json({ path: source('target'), indent: 0 })),
      ),
    };
    const driver = createDriver({ modules: [m] });
    const inputs = { target: 'out/revenue.json' };
    const result = await driver.execute(['revenue', 'revenue.load_data.sales', 'save.revenue'], { inputs });
    expect(result.revenue).toBe(7);
    const [rows, loaded] = result['revenue.load_data.sales'];
    expect(rows).toEqual([
      { region: 'north', total: 3 },
      { region: 'south', total: 4 },
    ]);
    expect(loaded).toMatchObject({
      uri: fs.uri('sales.csv'),
      format: 'csv',
      rows: 2,
      bytes: csv.length,
      columns: [
        { name: 'region', type: 'string' },
        { name: 'total', type: 'integer' },
      ],
    });
    expect(result['save.revenue']).toMatchObject({
      uri: fs.uri('out/revenue.json'),
      format: 'json',
      bytes: 2,
    });
    expect(await fs.readText('out/revenue.json')).toBe('7\n');
  });

  test('nothing is written that is not asked for', async () => {
    const { to } = createMaterializers({ fileSystem: fs });
    const m = {
      x: node(() => 3, saveTo(to.json({ path: 'x.json' }))),
      y: saveNode('x', to.json({ path: 'y.json' })),
    };
    await createDriver({ modules: [m] }).execute(['x']);
    expect([await fs.exists('x.json'), await fs.exists('y.json')]).toEqual([false, false]);
  });

  test('every format writes what it reads', async () => {
    const { from, to } = createMaterializers({ fileSystem: fs });
    const rows = [{ a: '1', b: 'x' }];
    const data = { rows: () => rows, text: () => 'ä\n', bytes: () => new Uint8Array([0, 255]) };
    const written = {
      csv: saveNode('rows', to.csv({ path: 'a.csv.gz' })),
      jsonl: saveNode('rows', to.jsonl({ path: 'a.jsonl' })),
      json: saveNode('rows', to.json({ path: 'a.json' })),
      yaml: saveNode('rows', to.yaml({ path: 'a.yaml' })),
      textFile: saveNode('text', to.text({ path: 'a.txt' })),
      bytesFile: saveNode('bytes', to.bytes({ path: 'a.bin' })),
    };
    const saver = createDriver({ modules: [data, written] });
    const names = ['csv', 'jsonl', 'json', 'yaml', 'textFile', 'bytesFile'] as const;
    const facts = await saver.execute(names);
    expect(names.map((name) => facts[name].format)).toEqual([
      'csv',
      'jsonl',
      'json',
      'yaml',
      'text',
      'bytes',
    ]);
    const read = {
      csv: loadNode(from.csv({ path: 'a.csv.gz' })),
      jsonl: loadNode(from.jsonl({ path: 'a.jsonl' })),
      json: loadNode(from.json({ path: 'a.json' })),
      yaml: loadNode(from.yaml({ path: 'a.yaml' })),
      textFile: loadNode(from.text({ path: 'a.txt' })),
      bytesFile: loadNode(from.bytes({ path: 'a.bin' })),
    };
    expect(await createDriver({ modules: [read] }).execute(names)).toEqual({
      csv: rows,
      jsonl: rows,
      json: rows,
      yaml: rows,
      textFile: 'ä\n',
      bytesFile: new Uint8Array([0, 255]),
    });
  });

  test('fields and parameterized nodes are saved, and what fails its checks is not', async () => {
    const { to } = createMaterializers({ fileSystem: fs });
    const m = {
      range: node(
        ({ scale }: { scale: number }) => ({ low: scale, high: 2 * scale }),
        parameterize({ euros: { scale: 1 }, cents: { scale: 100 } }),
        extractFields('low', 'high'),
        saveTo((name) => to.json({ path: `${name}.json` })),
      ),
      bad: node(
        () => 3,
        checkOutput(inRange(0, 1), { importance: 'fail' }),
        saveTo(to.json({ path: 'bad.json' })),
      ),
    };
    const driver = createDriver({ modules: [m] });
    await driver.execute(['save.euros.low', 'save.cents.high']);
    expect(await fs.readText('euros.low.json')).toBe('1\n');
    expect(await fs.readText('cents.high.json')).toBe('200\n');
    expect(await failureOf(driver.execute(['save.bad']))).toMatchObject({ code: 'FP_NODE_FAILED' });
    expect(await fs.exists('bad.json')).toBe(false);
  });

  test('rows in batches are loaded, transformed and saved as they come', async () => {
    const { from, to } = createMaterializers({ fileSystem: fs });
    const m = {
      doubled: node(
        async function* ({ sales }: { sales: AsyncIterable<Sale[]> }) {
          for await (const batch of sales) yield batch.map((sale) => ({ ...sale, total: 2 * sale.total }));
        },
        loadFrom({
          sales: from.csv({
            path: 'sales.csv',
            as: 'batches',
            batchRows: 1,
            types: { total: 'integer' },
            nullValues: [],
          }),
        }),
        saveTo(to.csv({ path: 'doubled.csv' })),
      ),
    };
    const result = await createDriver({ modules: [m] }).execute(['save.doubled', 'doubled.load_data.sales']);
    expect(result['save.doubled']).toMatchObject({ rows: 2 });
    expect(factsNow(result['doubled.load_data.sales'][1])).toMatchObject({ rows: 2, bytes: csv.length });
    expect(await fs.readText('doubled.csv')).toBe('region,total\nnorth,6\nsouth,8\n');
  });
});

test('a failed save leaves the old file and nothing else behind', async () => {
  const root = await mkdtemp(join(tmpdir(), 'flowerpower-io-'));
  try {
    const fileSystem = createLocalFileSystem({ root });
    await fileSystem.write('rows.jsonl', 'old\n');
    const { to } = createMaterializers({ fileSystem });
    const m = { rows: node(() => [{ a: 1 }, { a: Number.NaN }], saveTo(to.jsonl({ path: 'rows.jsonl' }))) };
    const error = await failureOf(createDriver({ modules: [m] }).execute(['save.rows']));
    expect(error['cause']).toMatchObject({ code: 'FP_IO_VALUE' });
    expect(await readdir(root)).toEqual(['rows.jsonl']);
    expect(await readFile(join(root, 'rows.jsonl'), 'utf8')).toBe('old\n');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('a signal that is aborted stops a save', async () => {
  const fileSystem = createMemoryFileSystem();
  const { to } = createMaterializers({ fileSystem });
  const abort = new AbortController();
  async function* rows() {
    yield { a: 1 };
    abort.abort();
    yield { a: 2 };
  }
  const m = { rows: node(rows, saveTo(to.jsonl({ path: 'a.jsonl' }))) };
  await failureOf(createDriver({ modules: [m] }).execute(['save.rows'], { signal: abort.signal }));
  expect(await fileSystem.exists('a.jsonl')).toBe(false);
});

test('each path may lead to a filesystem of its own', async () => {
  const [left, right] = [createMemoryFileSystem(), createMemoryFileSystem()];
  await left.write('a.txt', 'moved');
  const { from, to } = createMaterializers({
    resolve: (path) => ({
      fs: path.startsWith('left:') ? left : right,
      path: path.slice(path.indexOf(':') + 1),
    }),
  });
  const m = {
    a: loadNode(from.text({ path: 'left:a.txt' })),
    b: saveNode('a', to.text({ path: 'right:b.txt' })),
  };
  await createDriver({ modules: [m] }).execute(['b']);
  expect(await right.readText('b.txt')).toBe('moved');
});

test('from and to find their files through the driver, and say what is missing without', async () => {
  const fileSystem = createMemoryFileSystem();
  const m = { total: node(() => 7, saveTo(to.json({ path: 'total.json' }))) };
  const resources = fileResources({ fileSystem });
  expect(await createDriver({ modules: [m], resources }).execute(['save.total'])).toMatchObject({
    'save.total': { uri: 'memory:///total.json' },
  });
  const error = await failureOf(createDriver({ modules: [m] }).execute(['save.total']));
  expect(error['cause']).toMatchObject({
    code: 'FP_IO_NO_FILES',
    hint: expect.stringContaining('fileResources'),
  });
});

describe('wrong options', () => {
  const untyped = createMaterializers({ fileSystem: createMemoryFileSystem() }) as unknown as Record<
    'from' | 'to',
    Record<string, (options: object) => never>
  >;
  const { from, to } = untyped;
  const build = (module: object) =>
    failureOf((async () => createDriver({ modules: [module] }))()).then(({ problems }) => problems);

  test('are all reported when the graph is built', async () => {
    const problems = await build({
      a: node(revenue, loadFrom({ sales: from['csv']!({ delimeter: ';', as: 'rows' }) })),
      b: loadNode(from['text']!({ path: '', charset: 'utf8' })),
      c: saveNode('a', to['json']!({ path: 'c.json', indent: 99 })),
    });
    expect(problems).toMatchObject([
      {
        code: 'FP_IO_OPTIONS',
        message: expect.stringMatching(/^loadFrom of 'a' .*no option 'delimeter'. Did you mean 'delimiter'/),
      },
      { message: expect.stringContaining("csv needs the option 'path'") },
      { message: expect.stringContaining('csv.as must be') },
      { message: expect.stringMatching(/^loadNode of 'b' .*no option 'charset'/) },
      { message: expect.stringContaining('text.path: must name a file') },
      { message: expect.stringMatching(/^saveNode of 'c' .*json.indent must be/) },
    ]);
  });

  test('of those that come from nodes only what is known is judged, the rest when it runs', async () => {
    const options = { path: source('path'), delimiter: source('separator') };
    const good = { rows: loadNode(from['csv']!(options)) };
    const driver: Driver<Record<string, unknown>, Record<string, unknown>> = createDriver({
      modules: [good as object],
    });
    const inputs = { path: 'a.csv', separator: 'too long' };
    const error = await failureOf(driver.execute(['rows'], { inputs }));
    expect(error['cause']).toMatchObject({
      code: 'FP_IO_OPTIONS',
      message: expect.stringContaining('csv.delimiter'),
    });
    expect(await build({ rows: loadNode(from['csv']!({ ...options, infer: 'yes', pth: 1 })) })).toMatchObject(
      [
        { message: expect.stringContaining("no option 'pth'") },
        { message: expect.stringContaining('csv.infer') },
      ],
    );
  });

  test('an option that is undefined counts as not given', async () => {
    const fileSystem = createMemoryFileSystem();
    await fileSystem.write('a.txt', 'x');
    const m = {
      a: loadNode(createMaterializers({ fileSystem }).from.text({ path: 'a.txt', compression: undefined })),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['a'])).toEqual({ a: 'x' });
    expect(driver.graph.nodes.get('a.loader')).toMatchObject({
      bound: { 'text.path': 'a.txt' },
      doc: 'Loads a.txt (text).',
    });
  });
});

test('a loader of your own, with any schema', async () => {
  const options: OptionsSchema<{ word: string; times: number }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (given) => {
        const { word, times = 2 } = given as { word?: string; times?: number };
        return word === undefined
          ? { issues: [{ message: 'no word', path: ['word'] }] }
          : { value: { word, times } };
      },
    },
  };
  const echo = defineLoader({
    type: 'echo',
    options,
    load: async ({ word, times }, context) => ({
      value: word.repeat(times),
      metadata: { uri: context.resolve(word).path, format: 'echo', bytes: 0, sha256: '' },
    }),
  });
  const fromEcho = bindLoader(echo, (path) => ({ fs: createMemoryFileSystem(), path: `/${path}` }));
  const m = {
    twice: loadNode(fromEcho({ word: source('word') })),
    thrice: loadNode(fromEcho({ word: 'b', times: 3 })),
  };
  const result = await createDriver({ modules: [m] }).execute(['twice', 'thrice.loader'], {
    inputs: { word: 'a' },
  });
  expect(result).toMatchObject({ twice: 'aa', 'thrice.loader': ['bbb', { uri: '/b' }] });
  expect(() => createDriver({ modules: [{ x: loadNode(fromEcho({})) }] })).toThrow('no word');
});

test('there is a maker for every built-in format', () => {
  const { from, to } = createMaterializers({ fileSystem: createMemoryFileSystem() });
  expect(Object.keys(from)).toEqual(Object.keys(builtinLoaders));
  expect(Object.keys(to)).toEqual(Object.keys(from));
});
