/** What is loaded is kept until something that it was made of changes; on real folders, with the real importer. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FlowerPowerProject } from '../index.js';
import type { PipelineOverrides } from './pipeline-overrides.js';

let root: string;
let project: FlowerPowerProject;
const environment: Record<string, string> = {};

const files: Readonly<Record<string, string>> = {
  'conf/project.yml': 'name: shop\n',
  'conf/env/prod.yml': 'pipeline: { run: { logLevel: ERROR } }\n',
  'conf/pipelines/prices.yml': 'run:\n  inputs: { price: "${PRICE:-10}", vat: "${file:conf/vat.txt}" }\n',
  'conf/vat.txt': '5',
  'pipelines/prices.ts': `import { rate } from '../lib/rates.js';\nexport const net = ({ price }: { price: number }) => price * rate;\nexport const gross = ({ net, vat }: { net: number; vat: string }) => net + Number(vat);\n`,
  'pipelines/empty/.gitkeep': '',
  'lib/rates.ts': `export * from './deeper.js';\n`,
  'lib/deeper.ts': 'export const rate = 2;\n',
};

function write(changed: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(changed)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-kept-')));
  write(files);
  for (const name of Object.keys(environment)) delete environment[name];
  // What changed just now could change again unseen, so it is not kept. Here it is an hour later, however long a test takes.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  project = await FlowerPowerProject.load(root, { environment, env: 'prod' });
});
afterEach(async () => {
  vi.useRealTimers();
  await project.close();
  rmSync(root, { recursive: true, force: true });
});

const load = (overrides?: PipelineOverrides) => project.pipelineManager.load('prices', overrides);
const gross = async (overrides?: PipelineOverrides) =>
  (await project.run('prices', overrides)).outputs['gross'];

test('nothing is read again while nothing has changed', async () => {
  const first = await load();
  expect(await load()).toBe(first);
  expect([await gross(), await gross()]).toEqual([25, 25]);
  expect(await load()).toBe(first);
});

test('what has changed just now is read again, since it may change once more in the same moment', async () => {
  write({ 'conf/vat.txt': '6' });
  vi.setSystemTime(statSync(join(root, 'conf/vat.txt')).mtimeMs + 1);
  expect(await load()).not.toBe(await load());
});

test.each<[string, () => void, unknown]>([
  [
    'the configuration of the pipeline',
    () => write({ 'conf/pipelines/prices.yml': 'run: { inputs: { price: 1, vat: "1" } }' }),
    3,
  ],
  ['that of the project', () => write({ 'conf/project.yml': 'name: shop\nrun: { logLevel: ERROR }\n' }), 25],
  ['the overlay', () => write({ 'conf/env/prod.yml': 'pipeline: { run: { inputs: { price: 2 } } }\n' }), 9],
  ['a file that it refers to', () => write({ 'conf/vat.txt': '7' }), 27],
  ['a variable', () => void (environment['PRICE'] = '20'), 45],
  ['a variable that names another', () => void (environment['FP_PIPELINE__RUN__LOG_LEVEL'] = 'ERROR'), 25],
  ['a new .env', () => write({ '.env': 'PRICE=30\n' }), 65],
  ['a new .env of the environment', () => write({ '.env.prod': 'PRICE=40\n' }), 85],
  ['a new pipeline', () => write({ 'conf/pipelines/more/other.yml': 'run: {}\n' }), 25],
  [
    'a new module in a folder that was empty',
    () => write({ 'pipelines/empty/other.ts': 'export const a = 1;' }),
    25,
  ],
  ['a new hook', () => write({ 'hooks/tell.ts': 'export const afterRun = () => {};' }), 25],
  ['a link', () => symlinkSync(join(root, 'lib'), join(root, 'conf', 'linked')), 25],
])('%s that changes is seen', async (_, change, value) => {
  const first = await load();
  expect(await load()).toBe(first);
  change();
  expect(await load()).not.toBe(first);
  expect(await gross()).toBe(value);
});

test('a file that is gone is missed', async () => {
  await load();
  rmSync(join(root, 'conf/vat.txt'));
  await expect(load()).rejects.toThrow('vat.txt');
  rmSync(join(root, 'conf/pipelines/prices.yml'));
  rmSync(join(root, 'pipelines/prices.ts'));
  await expect(load()).rejects.toMatchObject({ code: 'FP_UNKNOWN_PIPELINE' });
});

test('other settings are another load, also when they are in the same object', async () => {
  const plain = await load();
  const params: Record<string, unknown> = { price: 100 };
  const overrides: PipelineOverrides = { params };
  const first = await load(overrides);
  expect(first).not.toBe(plain);
  expect(await load({ params: { price: 100 } })).toBe(first);
  params['price'] = 200;
  expect((await load(overrides)).configuration.value.params).toEqual({ price: 200 });
  expect((await load({ set: ['run.timeout=5'] })).configuration.value.run.timeout).toBe(5);
});

test('code is followed when it is asked for, imports of imports included', async () => {
  expect(await gross()).toBe(25);
  write({ 'lib/deeper.ts': 'export const rate = 3;\n' });
  expect(await gross()).toBe(25);
  expect(await gross({ reload: true })).toBe(35);
  const kept = await load({ reload: true });
  expect(await load({ reload: true })).toBe(kept);
  write({ 'lib/deeper.ts': 'export const rate = 4;\n' });
  expect(await gross({ reload: true })).toBe(45);
});

test('what hooks build is asked for in every run', async () => {
  write({
    'hooks/build.ts': `let runs = 0;\nexport const buildConfig = () => ({ run: { inputs: { price: ++runs * 10 } } });\n`,
  });
  expect([await gross(), await gross()]).toEqual([25, 45]);
});
