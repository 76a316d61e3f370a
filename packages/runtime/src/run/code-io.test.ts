/** Loading and saving from code, in pipelines without an `io:` section, and beside one. */
import {
  collect,
  dataLoader,
  dataSaver,
  loadFrom,
  loadNode,
  node,
  parallelizable,
  saveNode,
  saveTo,
  source,
} from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { from, to } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

async function setUpShop(csv = 'region,amount\neu,1\nus,2\n') {
  const fs = createMemoryFileSystem();
  await fs.write('sales.csv', csv);
  const shop = {
    total: node(
      ({ sales }: { sales: { amount: number }[] }) => sales.reduce((sum, { amount }) => sum + amount, 0),
      loadFrom({
        sales: from.csv({ path: source('salesPath'), types: { amount: 'integer' }, nullValues: [] }),
      }),
      saveTo(to.json({ path: 'total.json' })),
    ),
    report: saveNode('total', to.text({ path: 'report.txt' })),
  };
  return { ...(await setUp({ fs })), shop };
}

test('what is loaded and saved in code runs as every node, with inputs and params of the configuration', async () => {
  const { runner, fs, shop, events } = await setUpShop();
  const run = { inputs: { salesPath: 'sales.csv' }, finalVars: ['total', 'save.total'] };
  const result = await runner.run(pipeline(shop, { run }));
  expect(result.outputs).toEqual({ total: 3 });
  expect(result.saved).toMatchObject({ total: { format: 'json', uri: fs.uri('total.json') } });
  expect(events.filter(({ type }) => type === 'artifact.written')).toMatchObject([
    { node: 'total', metadata: { uri: fs.uri('total.json'), bytes: 2 } },
  ]);
  expect(await fs.readText('total.json')).toBe('3\n');
  expect(await fs.exists('report.txt')).toBe(false);

  const params = { 'save.total': { 'json.path': 'elsewhere.json' } };
  await runner.run(pipeline(shop, { run, params }));
  expect(await fs.readText('elsewhere.json')).toBe('3\n');
});

test('a saver of `io:` takes the place of one of the same name in code when allowModuleOverrides says so', async () => {
  const { runner, fs, shop } = await setUpShop();
  const save = { total: { type: 'json', path: 'configured.json' } };
  const given = { inputs: { salesPath: 'sales.csv' }, finalVars: ['total'] };
  await expect(runner.run(pipeline(shop, { run: given, save }))).rejects.toThrow("'save.total'");
  const run = { ...given, allowModuleOverrides: true };
  const result = await runner.run(pipeline(shop, { run, save }));
  expect(result.saved['total']).toMatchObject({ uri: fs.uri('configured.json') });
  expect([await fs.readText('configured.json'), await fs.exists('total.json')]).toEqual(['3\n', false]);
});

test('a file that cannot be read fails its node, with the place of the fault', async () => {
  const { runner, shop } = await setUpShop('region,amount\neu,one\n');
  const run = { inputs: { salesPath: 'sales.csv' }, finalVars: ['total'] };
  const error = await errorOf(() => runner.run(pipeline(shop, { run })));
  expect(JSON.stringify([error.message, (error.cause as Error)?.message])).toContain('total.load_data.sales');
});

test('without finalVars savers in code run with the nodes that they save, also those of the user', async () => {
  const { runner, shop, events } = await setUpShop();
  const mine = { reported: node(({ total }: { total: number }) => ({ rows: total }), dataSaver()) };
  const definition = pipeline({ ...shop, ...mine }, { run: { inputs: { salesPath: 'sales.csv' } } });
  expect(runner.plan(definition)).toMatchObject({
    outputs: ['total'],
    savers: expect.arrayContaining(['save.total', 'report', 'reported']),
  });
  const run = await errorOf(() => runner.run(definition));
  // The report is a text saver, which refuses a number.
  expect(run).toMatchObject({ code: 'FP_NODE_FAILED', node: 'report' });

  const { report: _report, ...sound } = shop;
  const result = await runner.run({ ...definition, modules: [{ ...sound, ...mine }] });
  expect(result.outputs).toEqual({ total: 3 });
  expect(result.saved).toMatchObject({ total: { format: 'json' }, reported: { rows: 3 } });
  const artifacts = events.filter(({ type, runId }) => type === 'artifact.written' && runId === result.runId);
  expect(artifacts).toMatchObject([{ node: 'total' }]);
});

test('paths in code are found as those of the configuration: on the project, or by their scheme', async () => {
  const vault = createMemoryFileSystem();
  const plugin = definePlugin({
    name: 'vault',
    apiVersion: 1,
    fileSystems: { vault: { create: () => vault } },
  });
  const { runner, fs } = await setUp({ plugins: [plugin] });
  const nodes = {
    one: node(() => 1, saveTo(to.json({ path: 'vault://safe/one.json' }))),
    two: node(() => 2, saveTo(to.json({ path: 'two.json' }))),
    lost: node(() => 3, saveTo(to.json({ path: 'lost://x/three.json' }))),
  };
  await runner.run(pipeline(nodes, { run: { finalVars: ['save.one', 'save.two'] } }));
  expect([await vault.readText('one.json'), await fs.readText('two.json')]).toEqual(['1\n', '2\n']);
  const error = await errorOf(() => runner.run(pipeline(nodes), { outputs: ['save.lost'] }));
  expect(error).toMatchObject({
    code: 'FP_UNKNOWN_SCHEME',
    message: expect.stringContaining('save.lost (json.path)'),
  });
});

test('facts about data are reported alike, whether `io:` or code loads and saves it', async () => {
  const files = { 'a.csv': 'x\n1\n2\n', 'b.json': '[1]' };
  const rows = ({ a, b, c }: { a: unknown[]; b: unknown[]; c: unknown[] }) => [...a, ...b, ...c].length;
  const inCode = {
    a: loadNode(from.csv({ path: 'a.csv' })),
    b: loadNode(from.json({ path: 'b.json' })),
    c: node((): [number[], { kept: string }] => [[1], { kept: 'here' }], dataLoader()),
    rows: node(rows, saveTo(to.json({ path: 'rows.json' }))),
  };
  const code = await (await setUp({ files })).runner.run(pipeline(inCode));
  const { c } = inCode;
  const io = {
    load: { a: { type: 'csv', path: 'a.csv' }, b: { type: 'json', path: 'b.json' } },
    save: { rows: { type: 'json', path: 'rows.json' } },
  };
  const yaml = await (await setUp({ files })).runner.run(pipeline({ c, rows }, io));
  expect(yaml.loaded).toMatchObject({
    a: { format: 'csv', rows: 2, columns: [{ name: 'x' }] },
    b: { format: 'json', bytes: 3 },
    c: { kept: 'here' },
  });
  expect(yaml.saved).toMatchObject({ rows: { format: 'json', bytes: 2 } });
  const { runId: _one, ...ofCode } = code;
  const { runId: _other, ...ofYaml } = yaml;
  expect(ofCode).toEqual(ofYaml);
});

test('a stream: what is known of it at the end of the run', async () => {
  const files = { 'a.csv': 'x\n1\n2\n3\n' };
  const load = {
    whole: { type: 'csv', path: 'a.csv', as: 'batches', batchRows: 2 },
    part: { type: 'csv', path: 'a.csv', as: 'batches', batchRows: 2 },
  };
  const m = {
    count: async ({ whole, part }: { whole: AsyncIterable<unknown[]>; part: AsyncIterable<unknown[]> }) => {
      let rows = 0;
      for await (const batch of part) {
        rows += batch.length;
        break;
      }
      for await (const batch of whole) rows += batch.length;
      return rows;
    },
  };
  const { runner } = await setUp({ files });
  const { outputs, loaded } = await runner.run(pipeline(m, { load }));
  expect(outputs).toEqual({ count: 5 });
  expect(loaded['whole']).toMatchObject({ format: 'csv', rows: 3, bytes: 8, columns: [{ name: 'x' }] });
  expect(loaded['part']).toEqual({ uri: 'memory:///a.csv', format: 'csv', state: 'stopped', rows: 2 });
});

test('inside a fan-out: the facts of every item, in the order of the items', async () => {
  const files = { 'a.json': '[1]', 'b.json': '[1,2]' };
  const m = {
    name: node(() => ['b', 'a'], parallelizable()),
    path: ({ name }: { name: string }) => `${name}.json`,
    size: node(
      async ({ rows, name }: { rows: number[]; name: string }) => {
        // The last item is the first to end.
        for (let turns = name === 'b' ? 50 : 0; turns > 0; turns--) await Promise.resolve();
        return rows.length;
      },
      loadFrom({ rows: from.json({ path: source('path') }) }),
    ),
    sizes: node(({ size }: { size: number[] }) => size, collect('size')),
  };
  const { runner } = await setUp({ files });
  const { outputs, loaded } = await runner.run(pipeline(m));
  expect(outputs).toEqual({ sizes: [2, 1] });
  expect(loaded['size.load_data.rows']).toMatchObject([{ bytes: 5 }, { bytes: 3 }]);
});

test('the event of a loader tells of the rows, not of the pair with the facts', async () => {
  const { runner, events } = await setUp({ files: { 'a.csv': 'x\n1\n2\n3\n' } });
  const rows = ({ a }: { a: unknown[] }) => a.length;
  await runner.run(pipeline({ rows }, { load: { a: { type: 'csv', path: 'a.csv' } } }));
  expect(events.filter(({ type }) => type === 'node.succeeded')).toMatchObject([
    { node: 'a.loader', loaded: 'pair', summary: { type: 'array', rows: 3 } },
    { node: 'a', loaded: 'value', summary: { type: 'array', rows: 3 } },
    { node: 'rows', summary: { type: 'number' } },
  ]);
});
