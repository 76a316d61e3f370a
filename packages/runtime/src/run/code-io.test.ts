/** Loading and saving from code, in pipelines without an `io:` section, and beside one. */
import { loadFrom, node, saveNode, saveTo, source } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createMaterializers } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

async function setUpShop(csv = 'region,amount\neu,1\nus,2\n') {
  const fs = createMemoryFileSystem();
  await fs.write('sales.csv', csv);
  const { from, to } = createMaterializers({ fileSystem: fs });
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
  const { runner, fs, shop } = await setUpShop();
  const run = { inputs: { salesPath: 'sales.csv' }, finalVars: ['total', 'save.total'] };
  const result = await runner.run(pipeline(shop, { run }));
  expect(result.outputs).toMatchObject({
    total: 3,
    'save.total': { format: 'json', uri: fs.uri('total.json') },
  });
  expect(await fs.readText('total.json')).toBe('3\n');
  expect(await fs.exists('report.txt')).toBe(false);

  const params = { 'save.total': { 'json.path': 'elsewhere.json' } };
  await runner.run(pipeline(shop, { run, params }));
  expect(await fs.readText('elsewhere.json')).toBe('3\n');
});

test('a saver of `io:` takes the place of one of the same name in code', async () => {
  const { runner, fs, shop } = await setUpShop();
  const save = { total: { type: 'json', path: 'configured.json' } };
  const run = { inputs: { salesPath: 'sales.csv' }, finalVars: ['total'] };
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
