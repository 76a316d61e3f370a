/** A project that is no folder of this machine: on a filesystem in memory, with its code copied here. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from '../index.js';

let cache: string;
let fs: FileSystem;
const open: FlowerPowerProject[] = [];
const uri = 'memory://shop/teams/a project';

beforeEach(() => {
  cache = realpathSync(mkdtempSync(join(tmpdir(), 'fp-remote-')));
  fs = createMemoryFileSystem({ name: 'shop' });
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(cache, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) await fs.write(`teams/a project/${path}`, content);
}

async function load(options: LoadProjectOptions = {}): Promise<FlowerPowerProject> {
  const project = await FlowerPowerProject.load(uri, {
    fs,
    environment: { FP_CACHE_DIR: cache },
    ...options,
  });
  open.push(project);
  return project;
}

async function refusal(run: () => Promise<unknown>) {
  const error = await run().then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

const files = {
  'conf/project.yml': 'name: shop\n',
  'conf/env/prod.yml': 'pipeline: { run: { inputs: { rate: 3 } } }\n',
  'conf/pipelines/p.yml': `run: { inputs: { rate: 2 } }
io:
  load: { sales: { type: csv, path: data/sales.csv, types: { total: number }, nullValues: [] } }
  save: { total: { type: json, path: output/total.json } }
`,
  'data/sales.csv': 'total\n1\n2\n',
  'pipelines/p.ts': `import { times } from '../src/times';
export function total({ sales, rate }: { sales: readonly { total: number }[]; rate: number }): number {
  return times(sales.reduce((sum, row) => sum + row.total, 0), rate);
}
`,
  'src/times.ts': 'export const times = (a: number, b: number): number => a * b;\n',
};

test('a pipeline runs: configuration, modules, data and what is saved are all there', async () => {
  await write(files);
  const project = await load();
  expect(project.root).toBe(uri);
  expect(await project.pipelineManager.list()).toEqual([
    { name: 'p', file: 'conf/pipelines/p.yml', configured: true },
  ]);
  expect((await project.run('p')).outputs).toEqual({ total: 6 });
  expect(await fs.readText('teams/a project/output/total.json')).toBe('6\n');
  const prod = await load({ env: 'prod' });
  expect((await prod.run('p')).outputs).toEqual({ total: 9 });
});

test('an error names the file of the project, in its places and its stack', async () => {
  await write({
    ...files,
    'src/times.ts': 'export const times = (a: number): number => {\n  throw new Error(`no ${a}`);\n};\n',
  });
  const project = await load();
  const error = await refusal(() => project.run('p'));
  expect(error.places).toMatchObject([{ file: `${uri}/pipelines/p.ts`, line: 2 }]);
  // How Node itself writes the stack is looked at where the command runs, in examples/object-storage.
  expect((error.cause as Error).stack).toMatch(/shop\/teams\/a(?: |%20)project\/src\/times\.ts:2:/);
  expect((error.cause as Error).stack).not.toContain(join(cache, 'code'));
});

test.each([
  ['pipelines/p.ts', 'export const a = ;\n', 'FP_MODULE_SYNTAX'],
  [
    'pipelines/p.ts',
    "import { x } from '../src/none';\nexport const a = () => x;\n",
    'FP_MODULE_UNRESOLVED_IMPORT',
  ],
  [
    'pipelines/p.ts',
    "import x from 'no-such-package';\nexport const a = () => x;\n",
    'FP_MODULE_PACKAGE_NOT_FOUND',
  ],
  ['pipelines/p.ts', "throw new Error('while it is imported');\n", 'FP_MODULE_IMPORT_FAILED'],
])('a module that cannot be imported is named by its URI (%s, %s)', async (path, text, code) => {
  await write({ ...files, [path]: text });
  const project = await load();
  const error = await refusal(() => project.run('p'));
  expect(error.code).toBe(code);
  expect(error.places[0]?.file).toBe(`${uri}/${path}`);
  expect(error.message + String(error.hint)).not.toContain(cache);
});

test('a package was to be installed in a bucket, and its error named the copy', async () => {
  await write({
    ...files,
    'pipelines/p.ts': "import x from 'no-such-package';\nexport const a = () => x;\n",
  });
  const error = await refusal(async () => (await load()).run('p'));
  expect(error.hint).toContain(`Install the package in the working folder ${process.cwd()}`);
  expect(error.cause).toBeUndefined();
});

test('a changed module is seen with reload, and when its pipeline is loaded first', async () => {
  await write(files);
  const project = await load();
  await project.run('p');
  await write({ 'src/times.ts': 'export const times = (): number => 100;\n' });
  expect((await project.run('p')).outputs).toEqual({ total: 6 });
  expect((await project.run('p', { set: ['run.reload=true'] })).outputs).toEqual({ total: 100 });
  await write({ 'pipelines/q.ts': 'export const q = () => 1;\n' });
  expect((await project.run('q')).outputs).toEqual({ q: 1 });
});

test('after a change the modules that did not change keep their state', async () => {
  await write({
    ...files,
    'pipelines/p.ts':
      "import { next } from '../src/counter';\nimport { times } from '../src/times';\nexport const a = () => times(next(), 1);\n",
    'conf/pipelines/p.yml': '',
    'src/counter.ts': 'let count = 0;\nexport const next = () => (count += 1);\n',
  });
  const project = await load();
  expect((await project.run('p')).outputs).toEqual({ a: 1 });
  await write({ 'src/times.ts': 'export const times = (a: number): number => a * 100;\n' });
  expect((await project.run('p', { set: ['run.reload=true'] })).outputs).toEqual({ a: 200 });
});

test('what is not code is not copied', async () => {
  await write({
    ...files,
    'data/big.json': '{}',
    'node_modules/x/index.js': '',
    '.flowerpower/x.js': '',
    'other/x.ts': '',
  });
  const project = await load();
  await project.run('p');
  expect(codeIn(join(cache, 'code/projects'))).toEqual(['p.ts', 'times.ts']);
});

test('two projects with the same code share no state of its modules', async () => {
  const code = 'let memo: string | undefined;\nexport const a = (who: string) => (memo ??= who);\n';
  for (const name of ['one', 'two']) {
    await fs.write(`${name}/conf/project.yml`, 'name: same\n');
    await fs.write(`${name}/pipelines/p.ts`, code);
    const project = await FlowerPowerProject.load(`memory://shop/${name}`, {
      fs,
      environment: { FP_CACHE_DIR: cache },
    });
    open.push(project);
    expect((await project.run('p', { inputs: { who: name } })).outputs).toEqual({ a: name });
  }
});

test.each(['removed', 'changed'])('a file of a copy that was %s stayed so', async (how) => {
  await write(files);
  await (await load()).run('p');
  const path = filesIn(join(cache, 'code/projects')).find((each) => each.endsWith('times.ts'))!;
  if (how === 'removed') rmSync(dirname(path), { recursive: true });
  else writeFileSync(path, 'export const times = () => -1;\n');
  expect((await (await load()).run('p')).outputs).toEqual({ total: 6 });
  expect(readFileSync(path, 'utf8')).toBe(files['src/times.ts']);
});

test.skipIf(process.platform !== 'linux')('a folder for copies that nobody can make hung', async () => {
  await write(files);
  const project = await load({ environment: { FP_CACHE_DIR: '/proc/none/of/it' } });
  expect(await refusal(() => project.run('p'))).toMatchObject({
    code: 'FP_PROJECT_SYNC',
    hint: expect.stringContaining('FP_CACHE_DIR'),
  });
});

/** Paths of files. Links are not followed: they lead to packages. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}

function codeIn(folder: string): string[] {
  return filesIn(folder)
    .map((path) => basename(path))
    .sort();
}

test('nothing is written over what the project is made of, by path or by URI', async () => {
  for (const path of ['conf/project.yml', `${uri}/conf/project.yml`, './pipelines/p.ts', 'package.json']) {
    await write({
      ...files,
      'conf/pipelines/p.yml': `io:\n  load: { sales: { type: csv, path: data/sales.csv } }\n  save:\n    total: { type: json, path: "${path}" }\n`,
    });
    const project = await load();
    const error = await refusal(() => project.run('p', { inputs: { rate: 1 } }));
    expect(error).toMatchObject({
      code: 'FP_FS_PROTECTED',
      places: [{ file: 'conf/pipelines/p.yml', line: 4 }],
    });
  }
  expect(await fs.readText('teams/a project/conf/project.yml')).toBe('name: shop\n');
});

test.each(['../secret.csv', '/abs/none', 'data/../../x'])(
  'a path that leaves the project is refused: %s',
  async (path) => {
    await write({
      ...files,
      'conf/pipelines/p.yml': `io:\n  load: { sales: { type: csv, path: "${path}" } }\n`,
    });
    const project = await load();
    const error = await refusal(() => project.run('p'));
    expect(error.problems.map(({ code }) => code).join()).toMatch(/FP_FS_(?:INVALID_PATH|OUTSIDE_ROOT)/);
  },
);

test('a plugin of the project is imported from there', async () => {
  await write({
    ...files,
    'conf/project.yml': 'name: shop\nplugins: [./tools/shout.ts]\n',
    'conf/pipelines/p.yml': 'io:\n  load: { sales: { type: shout, path: data/sales.csv } }\n',
    'pipelines/p.ts': 'export const a = ({ sales }: { sales: string }) => sales;\n',
    'tools/shout.ts': `const anything = { '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) } };
export default {
  name: 'shout', apiVersion: 1,
  loaders: { shout: { type: 'shout', options: anything, load: async ({ path }, context) => {
    const at = context.resolve(path);
    return { value: (await at.fs.readText(at.path)).toUpperCase(), metadata: { uri: '', format: 'shout', bytes: 0, sha256: '' } };
  } } },
};
`,
  });
  const project = await load();
  expect((await project.run('p')).outputs).toEqual({ a: 'TOTAL\n1\n2\n' });
});

test('a cache lies in the project and is found by the next one', async () => {
  await write({
    ...files,
    'conf/pipelines/p.yml': 'run: { cache: true }\n',
    'pipelines/p.ts': 'export const a = () => 1;\n',
  });
  for (const cached of [undefined, true]) {
    const project = await load();
    expect((await project.run('p')).nodes['a']?.cached).toBe(cached);
  }
  expect(await fs.exists('teams/a project/.flowerpower/cache')).toBe(true);
  expect(await (await load()).pipelineManager.caches()).toMatchObject([{ pipelines: ['p'] }]);
});

test('a picture is drawn to the project, and check reads what is there', async () => {
  await write(files);
  const project = await load();
  expect(await project.pipelineManager.saveDrawing('p', 'svg', 'docs/p.svg')).toBe(`${uri}/docs/p.svg`);
  expect(await fs.readText('teams/a project/docs/p.svg')).toContain('<svg');
  const report = await project.pipelineManager.check('p');
  expect(report.problems).toEqual([]);
  await write({ 'src/times.ts': 'export const times = (a: number, b: string): number => a + Number(b);\n' });
  const next = await (await load()).pipelineManager.check('p');
  expect(next.problems.length).toBeGreaterThan(0);
  const told = JSON.stringify(next);
  expect(told).toContain(`${uri}/pipelines/p.ts`);
  expect(told).not.toContain(cache);
});

test('a folder without a project, and one that is named as a file of this machine', async () => {
  expect(await refusal(() => load())).toMatchObject({ code: 'FP_PROJECT_NOT_FOUND' });
  expect(await refusal(() => FlowerPowerProject.load('.', { fs }))).toMatchObject({ code: 'FP_BAD_OPTION' });
  expect(await refusal(() => FlowerPowerProject.load('memory://other/x', { fs }))).toMatchObject({
    code: 'FP_BAD_OPTION',
  });
  await write({ 'conf/project.yml': '', 'conf/project.yaml': '' });
  expect(await refusal(() => load())).toMatchObject({ code: 'FP_PROJECT_AMBIGUOUS' });
});

test('a configuration of 0 bytes is a project with the defaults', async () => {
  await write({ 'conf/project.yml': '', 'pipelines/p.ts': 'export const a = () => 1;\n' });
  const project = await load();
  expect(project.name).toBe('project');
  expect((await project.run('p')).outputs).toEqual({ a: 1 });
});

test.each([
  ['gcs://bucket/x', expect.stringMatching(/^Did you mean 'gs'\? Install @flowerpower\/plugin-gcs/)],
  ['ftp://host/x', expect.stringMatching(/^Available: /)],
])('a scheme without a plugin, before there is a file that could name one: %s', async (place, hint) => {
  const error = await refusal(() => FlowerPowerProject.load(place, { environment: { FP_CACHE_DIR: cache } }));
  expect(error).toMatchObject({ code: 'FP_UNKNOWN_SCHEME', hint });
});
