import {
  collect,
  defineModule,
  type FlowerPowerError,
  node,
  parallelizable,
  saveTo,
  source,
} from '@flowerpower/core';
import { to } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { errorOf, type LoosePipeline, pipeline, setUp } from '../__fixtures__/set-up.js';

const m = {
  total: ({ sales, rate = 1 }: { sales: number[]; rate?: number }) =>
    sales.reduce((sum, value) => sum + value, 0) * rate,
  label: ({
    total,
    prefix,
    limits = null,
  }: {
    total: number;
    prefix: string;
    limits?: { low: number } | null;
  }) => `${prefix}${total}${limits === null ? '' : `>${limits.low}`}`,
};

async function problemsOf(nodes: object, more: LoosePipeline): Promise<string[]> {
  const { runner } = await setUp();
  const error = (await errorOf(() => runner.build(pipeline(nodes, more)))) as unknown as FlowerPowerError;
  return error.problems.map(
    ({ code, message, hint }) => `${code} ${message}${hint === undefined ? '' : ` ${hint}`}`,
  );
}

test('everything that is wrong is reported at once, before anything runs', async () => {
  const more: LoosePipeline = {
    load: {
      sales: { type: 'cvs', path: 'sales.csv' },
      total: { type: 'csv', path: 'total.csv' },
      prefix: { type: 'json', path: 's4://bucket/x.json' },
      _hidden: { type: 'json', path: '../x.json' },
    },
    save: { totl: { type: 'csv', path: 'out.csv', delimeter: ';' }, label: { type: 'nope', path: 'x' } },
    run: {
      executor: { type: 'ray' },
      timeout: -1,
      maxConcurrency: 0,
      retry: { maxRetries: 1.5, retryExceptions: ['ConectionError'] },
    },
  };
  const found = await problemsOf(m, more);
  const start = (text: string) => expect.stringMatching(new RegExp(`^${text}`));
  expect(found).toEqual([
    start("FP_UNKNOWN_EXECUTOR There is no executor 'ray'"),
    start('FP_INVALID_RUN_OPTION run.retry.maxRetries must be a whole number of at least 0, not 1.5'),
    start('FP_INVALID_RUN_OPTION run.timeout must be a number of seconds above 0, not -1'),
    start('FP_INVALID_RUN_OPTION run.maxConcurrency must be'),
    start("FP_UNKNOWN_RETRY_EXCEPTION retryExceptions names 'ConectionError'"),
    start("FP_UNKNOWN_LOADER io.load.sales: There is no loader of type 'cvs'. Did you mean 'csv'"),
    start('FP_UNKNOWN_SCHEME io.load.prefix: There is no filesystem for s4:// URIs'),
    start("FP_IO_BINDING io.load._hidden: a node cannot be named '_hidden'"),
    start('FP_FS_INVALID_PATH io.load._hidden: '),
    start("FP_IO_OPTIONS io.save.totl: csv has no option 'delimeter'. Did you mean 'delimiter'"),
    start("FP_UNKNOWN_SAVER io.save.label: There is no saver of type 'nope'"),
    start(
      "FP_DUPLICATE_NODE The node 'total' is defined twice: by 'total' of module 1 and 'total' of io of 'etl'",
    ),
  ]);
});

test('a loader takes the place of a computed node when allowModuleOverrides says so', async () => {
  const { runner, fs } = await setUp();
  await fs.write('total.json', '40');
  const load = { total: { type: 'json', path: 'total.json' } };
  const nodes = { total: () => 1, twice: ({ total }: { total: number }) => 2 * total };
  expect(await errorOf(() => runner.build(pipeline(nodes, { load })))).toMatchObject({
    code: 'FP_DUPLICATE_NODE',
    hint: expect.stringContaining('run.allowModuleOverrides'),
  });
  const { outputs } = await runner.run(pipeline(nodes, { load, run: { allowModuleOverrides: true } }));
  expect(outputs).toEqual({ twice: 80 });
});

test.each([
  ['out.json', './out.json'],
  ['out.json', 'out.json'],
  ['out.json', '././out.json'],
  ['memory://m/out.json', 'memory://m/./out.json'],
  ['memory://m/out.json', 'MEMORY://m/out.json'],
])('two savers on one path are a mistake: %s and %s', async (first, path) => {
  const { runner } = await setUp();
  const nodes = { a: () => 1, b: () => 2, c: () => 3 };
  const save = {
    a: { type: 'json', path: first },
    b: { type: 'json', path },
    c: { type: 'json', path: 'c.json' },
  };
  expect(await errorOf(() => runner.plan(pipeline(nodes, { save })))).toMatchObject({
    code: 'FP_SAVED_TWICE',
    message: expect.stringContaining('io.save.a and io.save.b write the same file'),
  });
  // Only one of them runs.
  expect(runner.plan(pipeline(nodes, { save }), { outputs: ['a', 'c'] }).savers).toEqual([
    'save.a',
    'save.c',
  ]);
});

test.each([
  ['out/', 'out'],
  ['out/', './out/'],
  ['out/', 'out/c.csv'],
  ['out/', 'out/deep/'],
])('two savers into one folder are a mistake: %s and %s', async (path, other) => {
  const { runner } = await setUp();
  const nodes = { a: () => [], b: () => [], c: () => [] };
  const csv = (to: string) => ({ type: 'csv', path: to });
  const save = { a: csv(path), b: csv(other), c: csv('outside/') };
  const error = await errorOf(() => runner.plan(pipeline(nodes, { save })));
  expect(error).toMatchObject({
    code: 'FP_SAVED_TWICE',
    message: `io.save.a and io.save.b write into one folder: ${path}, ${other}.`,
  });
  expect(runner.plan(pipeline(nodes, { save }), { outputs: ['a', 'c'] }).savers).toHaveLength(2);
});

test('a node to save that does not exist gets the nearest name', async () => {
  expect(await problemsOf(m, { save: { totl: { type: 'json', path: 'x.json' } } })).toEqual([
    "FP_UNKNOWN_SAVE_TARGET io.save.totl: there is no node 'totl' to save. Did you mean 'total'?",
  ]);
});

test('params: a map binds parameters, anything else is an input, $source wires', async () => {
  const { runner } = await setUp();
  const { outputs } = await runner.run(
    pipeline(m, {
      params: {
        sales: [1, 2],
        total: { rate: { $source: 'factor' } },
        label: { prefix: '€' },
        limits: { low: 2 },
      },
      run: { inputs: { factor: 10 } },
    }),
  );
  expect(outputs).toEqual({ label: '€30>2' });
});

test('params: a map can break what would be a circle without it', async () => {
  const { runner } = await setUp();
  const circle = { x: ({ x }: { x: number }) => x + 1 };
  const { outputs } = await runner.run(pipeline(circle, { params: { x: { x: { $source: 'y' } }, y: 2 } }));
  expect(outputs).toEqual({ x: 3 });
});

test('params: inputs of run win over them, value by value', async () => {
  const { runner } = await setUp();
  const definition = pipeline(m, { params: { sales: [1], prefix: 'a' }, run: { inputs: { prefix: 'b' } } });
  expect((await runner.run(definition)).outputs).toEqual({ label: 'b1' });
  expect((await runner.run(definition, { inputs: { prefix: 'c' } })).outputs).toEqual({ label: 'c1' });
  expect((await runner.run(definition, { inputs: { prefix: undefined } })).outputs).toEqual({ label: 'b1' });
});

test('params: what fits nothing is a problem', async () => {
  const params = {
    totl: { rate: 1 },
    prefx: 'x',
    total: 5,
    label: { prefix: { $source: 'a', also: 1 } },
    sales: { $source: 'x' },
    region: 'eu',
  };
  const withRegion = { ...m, area: ({ region }: { region: string }) => region };
  expect(await problemsOf(withRegion, { params, run: { config: { region: 'us' } } })).toEqual([
    'FP_INVALID_PARAMS params.label.prefix: $source must be the name of a node, alone in its map. Write prefix: { $source: otherNode }.',
    "FP_INVALID_PARAMS params.sales: $source stands where parameters of 'sales' are named. Write params.sales.<parameter>: { $source: otherNode }.",
    "FP_UNKNOWN_PARAMS_KEY params.prefx: the pipeline has neither a node nor an input 'prefx'. Did you mean 'prefix'?",
    "FP_INVALID_PARAMS params.total: 'total' is a node, so this must be a map of its parameters. To replace what the node computes, give the value in overrides.",
    "FP_INVALID_PARAMS 'region' is given both under params and by config. Give it in one place.",
    "FP_UNKNOWN_PARAMS_KEY params.totl: the pipeline has neither a node nor an input 'totl'. Did you mean 'total'?",
  ]);
  expect(await problemsOf(m, { params: { total: { rat: 2 } } })).toEqual([
    "FP_UNKNOWN_PARAM params.total.rat: 'total' has no parameter 'rat'. Did you mean 'rate'?",
  ]);
});

test('the graph is kept while modules, io, params and config are the same objects', async () => {
  const { runner } = await setUp();
  const first = pipeline(m, { params: { prefix: 'x' } });
  const built = runner.build(first);
  const other = { ...first, run: { ...first.run, inputs: { sales: [1] }, maxConcurrency: 3 } };
  expect(runner.build(other).driver).toBe(built.driver);
  expect(runner.build(other).inputs).toEqual({ prefix: 'x', sales: [1] });
  expect(runner.build(other).executor.maxConcurrency).toBe(3);
  expect(runner.build({ ...first, modules: [{ ...m }] }).driver).not.toBe(built.driver);
  expect(runner.build({ ...first, params: { prefix: 'x' } }).driver).not.toBe(built.driver);
  expect(runner.build({ ...first, name: 'other' }).driver).not.toBe(built.driver);
});

test('outputs: final vars, else the leaves; savers do not count and unused loaders do not run', async () => {
  const { runner } = await setUp();
  const io: LoosePipeline = {
    load: { sales: { type: 'json', path: 'a.json' }, unused: { type: 'json', path: 'b.json' } },
    save: { label: { type: 'json', path: 'c.json' } },
  };
  const built = runner.build(pipeline(m, io));
  expect(built.outputs).toEqual(['label']);
  expect(built.graph.nodes.get('sales')?.kind).toBe('loader');
  expect(built.graph.nodes.get('sales')?.doc).toBe('Loads a.json (json).');
  expect(built.graph.nodes.get('save.label')?.kind).toBe('saver');
  expect(runner.build(pipeline(m, { ...io, run: { finalVars: ['total'] } })).outputs).toEqual(['total']);
});

test('a function and a loader of one name: the error names both and the place of the function', async () => {
  const module = defineModule({
    name: 'pipelines/etl',
    file: 'pipelines/etl.ts',
    exports: { sales: () => [1] },
  });
  const { runner } = await setUp();
  const definition = pipeline({}, { modules: [module], load: { sales: { type: 'json', path: 'a.json' } } });
  expect(await errorOf(() => runner.build(definition))).toMatchObject({
    code: 'FP_DUPLICATE_NODE',
    message: "The node 'sales' is defined twice: by 'sales' of pipelines/etl and 'sales' of io of 'etl'.",
    places: [{ file: 'pipelines/etl.ts' }],
  });
});

test('a saver of one path is refused inside a fan-out, where each item would overwrite the one before', async () => {
  const sizeOf = ({ city }: { city: string }) => city.length;
  const perItem = (size: object = sizeOf) => ({
    city: node(() => ['Bern', 'Ulm'], parallelizable()),
    size,
    sizes: node(({ size }: { size: number[] }) => size, collect('size')),
  });
  const hint = (name: string) =>
    `Save a node that collects them, for example node(({ ${name} }) => ${name}, collect('${name}')).`;
  const told = (saver: string, name: string) =>
    `FP_SAVED_PER_ITEM ${saver}: '${name}' has a value for each item of 'city', and each would overwrite the one before. ${hint(name)}`;
  const file = { type: 'json', path: 'io.json' };
  expect(await problemsOf(perItem(), { save: { size: file } })).toEqual([told('io.save.size', 'size')]);
  expect(await problemsOf(perItem(), { save: { city: file } })).toEqual([told('io.save.city', 'city')]);
  expect(await problemsOf(perItem(node(sizeOf, saveTo(to.json({ path: 'size.json' })))), {})).toEqual([
    told('save.size', 'size'),
  ]);
});

test('inside a fan-out each item may have a path of its own', async () => {
  const perItem = {
    city: node(() => ['Bern', 'Ulm'], parallelizable()),
    path: ({ city }: { city: string }) => `${city}.json`,
    size: node(({ city }: { city: string }) => city.length, saveTo(to.json({ path: source('path') }))),
    sizes: node(({ size }: { size: number[] }) => size, collect('size')),
  };
  const { runner, fs } = await setUp();
  await runner.run(pipeline(perItem, { run: { finalVars: ['sizes', 'save.size'] } }));
  expect(await fs.readText('Ulm.json')).toBe('3\n');
  expect(await fs.readText('Bern.json')).toBe('4\n');
});
