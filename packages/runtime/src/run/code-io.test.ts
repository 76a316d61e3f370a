/** Loading and saving from code, in pipelines without an `io:` section, and beside one. */
import { dataSaver, loadFrom, node, saveNode, saveTo, source } from '@flowerpower/core';
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
      loadFrom({ sales: from.csv({ path: source('salesPath'), types: { amount: 'integer' } }) }),
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
  const mine = { told: node(({ total }: { total: number }) => ({ rows: total }), dataSaver()) };
  const definition = pipeline({ ...shop, ...mine }, { run: { inputs: { salesPath: 'sales.csv' } } });
  expect(runner.plan(definition)).toMatchObject({
    outputs: ['total'],
    savers: expect.arrayContaining(['save.total', 'report', 'told']),
  });
  const run = await errorOf(() => runner.run(definition));
  // The report is a text saver, which refuses a number.
  expect(run).toMatchObject({ code: 'FP_NODE_FAILED', node: 'report' });

  const { report: _report, ...sound } = shop;
  const result = await runner.run({ ...definition, modules: [{ ...sound, ...mine }] });
  expect(result.outputs).toEqual({ total: 3 });
  expect(result.saved).toMatchObject({ total: { format: 'json' }, told: { rows: 3 } });
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
