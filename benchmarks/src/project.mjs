// What does everything around the graph cost: configuration, runs of a project, checks of many pipelines?
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDriver, loadNode, saveNode } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { createMaterializers } from '@flowerpower/io';
import { FlowerPowerProject } from '@flowerpower/project';
import { createLogger } from '@flowerpower/runtime';
import { loadYamlLibrary, readYaml } from '@flowerpower/yaml';
import { parseDocument } from 'yaml';
import { measure } from './measure.mjs';
import { table } from './table.mjs';

const pipelines = 100;
const examples = join(import.meta.dirname, '..', '..', 'examples', 'hello-world');
/** What changed this shortly before it was read is read again, so the files rest first. */
const restMs = 2_500;
/** Until the compiler has settled: a run of a project goes through much more code than a driver. */
const settleMs = 3_000;
/** Those of configuration files. */
const limits = { bytes: 1024 ** 2, tokens: 100_000, depth: 64, aliases: 50 };

export async function run() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-project-bench-')));
  try {
    const roots = ['plain', 'pure', 'many'].map((name) => join(folder, name));
    const [plain, pure, many] = roots;
    copyExample(plain);
    copyExample(pure);
    // The same functions without files: what is left is what a project adds.
    writeFileSync(join(pure, 'conf/pipelines/hello_world.yml'), pureConfiguration());
    writeMany(many);
    await pause(restMs);
    return [
      table(`Project: CPU ms of one run of hello-world, Node ${process.versions.node}`, [
        ['files', 'driver.execute', 'project.run', 'added', 'aim', 'with events', 'added', 'aim'],
        ['none', ...(await runs(pure, bareDriver))],
        ['loads and saves', ...(await runs(plain, driverWithFiles))],
      ]),
      table(`Project: CPU ms with ${pipelines} pipelines, and of YAML`, [
        ['question', 'ms', 'compared with', 'ms', 'ratio', 'aim'],
        ...(await loading(many)),
        await yaml(),
      ]),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The runs of a project against a driver that was made by hand of the same nodes. */
async function runs(root, createBare) {
  const log = createLogger({ level: 'ERROR', sink: () => {} });
  let events = 0;
  const plain = await FlowerPowerProject.load(root, { environment: {}, log });
  const heard = await FlowerPowerProject.load(root, { environment: {}, log, onEvent: () => void events++ });
  const { configuration, modules, outputs } = await plain.pipelineManager.load('hello_world');
  const bare = createBare(root, configuration.value, modules, outputs);
  const { outputs: wanted } = await plain.run('hello_world');
  const expected = () => JSON.stringify(wanted);
  const textOf = (values) =>
    JSON.stringify(Object.fromEntries(Object.keys(wanted).map((key) => [key, values[key]])));
  const [bareNs, plainNs, heardNs] = await measure(
    [
      { name: 'driver.execute', isAsync: true, expected, run: async () => textOf(await bare()) },
      {
        name: 'project.run',
        isAsync: true,
        expected,
        run: async () => textOf((await plain.run('hello_world')).outputs),
      },
      {
        name: 'project.run with events',
        isAsync: true,
        expected,
        run: async () => textOf((await heard.run('hello_world')).outputs),
      },
    ],
    { warmUpMs: settleMs },
  );
  if (events === 0) throw new Error('There were no events.');
  await Promise.all([plain.close(), heard.close()]);
  const ms = (ns) => (ns / 1e6).toFixed(2);
  return [ms(bareNs), ms(plainNs), ms(plainNs - bareNs), '0.30', ms(heardNs), ms(heardNs - bareNs), '1.00'];
}

function bareDriver(_root, { params, run }, modules, outputs) {
  const driver = createDriver({ modules, params, config: run.config });
  return () => driver.execute(outputs, { inputs: run.inputs });
}

function driverWithFiles(root, { params, run }, modules, outputs) {
  const fs = createLocalFileSystem({ root });
  const { from, to } = createMaterializers({ resolve: (path) => ({ fs, path }) });
  const files = {
    marketing: loadNode(
      from.csv({
        path: 'data/marketing.csv',
        types: { spend: 'number', signups: 'integer' },
        nullValues: [],
      }),
    ),
    saved: saveNode('summary', to.json({ path: 'output/summary.json' })),
  };
  const driver = createDriver({ modules: [...modules, files], params, config: run.config });
  return () => driver.execute([...outputs, 'saved'], {});
}

async function loading(root) {
  const open = () => FlowerPowerProject.load(root, { environment: {} });
  const [openNs] = await measure([
    {
      name: 'load',
      isAsync: true,
      expected: () => 'many',
      run: async () => {
        const opened = await open();
        await opened.close();
        return opened.name;
      },
    },
  ]);
  const project = await open();
  const names = (await project.pipelineManager.list()).map(({ name }) => name);
  const check = (name) => project.pipelineManager.check(name);
  // The compiler that judges types is loaded with the first.
  await check(names[0]);
  const oneMs = await cpuMs(() => check(names[1]));
  const allMs = await cpuMs(async () => {
    for (const name of names) await check(name);
  });
  await project.close();
  return [
    ['load the project', (openNs / 1e6).toFixed(1), '', '', '', ''],
    ['check all of them', allMs.toFixed(0), 'check of one', oneMs.toFixed(1), (allMs / oneMs).toFixed(1), ''],
  ];
}

async function cpuMs(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function yaml() {
  const text = Array.from({ length: 200 }, (_, index) => yamlOf(index)).join('');
  const library = await loadYamlLibrary();
  const items = (document) => document.contents.items.length;
  const [guardedNs, bareNs] = await measure([
    { name: 'guarded', expected: () => 200, run: () => items(readYaml(library, text, limits).document) },
    { name: 'bare', expected: () => 200, run: () => items(parseDocument(text)) },
  ]);
  const ms = (ns) => (ns / 1e6).toFixed(2);
  const lines = text.split('\n').length;
  return [
    `YAML, ${lines} lines`,
    ms(guardedNs),
    'the parser alone',
    ms(bareNs),
    (guardedNs / bareNs).toFixed(1),
    '2.0',
  ];
}

function yamlOf(index) {
  return `node_${index}:
  # A comment.
  type: csv
  path: "data/file_${index}.csv"
  types: { spend: number, signups: integer, weeks: [1, 2, 3] }
  limits:
    - ${index}
    - true
    - null
`;
}

function copyExample(root) {
  cpSync(examples, root, {
    recursive: true,
    filter: (path) => !/node_modules|output|\.flowerpower/.test(path),
  });
  symlinkSync(join(examples, 'node_modules'), join(root, 'node_modules'), 'dir');
}

function pureConfiguration() {
  const rows = Array.from({ length: 8 }, (_, week) => `{ spend: ${week * 10 + 10}, signups: ${week + 1} }`);
  return `params:
  avgThreeWeekSpend: { rolling: 3 }
  spendZeroMean: { offset: 0 }
run:
  finalVars: [avgThreeWeekSpend, spendPerSignup, spendZeroMeanUnitVariance, summary]
  config: { costBasis: blended }
  inputs: { marketing: [${rows.join(', ')}] }
`;
}

function writeMany(root) {
  mkdirSync(root);
  symlinkSync(join(examples, 'node_modules'), join(root, 'node_modules'), 'dir');
  mkdirSync(join(root, 'conf/pipelines'), { recursive: true });
  mkdirSync(join(root, 'pipelines'));
  writeFileSync(join(root, 'conf/project.yml'), 'name: many\n');
  for (let index = 0; index < pipelines; index++) {
    writeFileSync(join(root, `conf/pipelines/p${index}.yml`), `run:\n  inputs: { price: ${index} }\n`);
    writeFileSync(
      join(root, `pipelines/p${index}.ts`),
      `export const net = ({ price }: { price: number }): number => price / 1.2;\nexport const gross = ({ net }: { net: number }): number => net * 1.2;\n`,
    );
  }
}
