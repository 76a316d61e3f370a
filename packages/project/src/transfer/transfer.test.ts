/** Pipelines that are copied between projects, and deleted. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from '../index.js';

let base: string;
let bucket: FileSystem;
let project: FlowerPowerProject;
const there = 'memory://bucket/shop';

beforeEach(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-transfer-')));
  bucket = createMemoryFileSystem({ name: 'bucket' });
  write('shop', {
    'conf/project.yml': 'name: mine\n',
    'conf/pipelines/etl/sales.yml': 'run: { inputs: { rate: 2 } } # mine\n',
    'pipelines/etl/sales.ts': 'export const sales = (rate: number) => rate;\n',
    'pipelines/plain.ts': 'export const plain = () => 1;\n',
  });
  project = await FlowerPowerProject.load(join(base, 'shop'), { environment: {} });
});
afterEach(async () => {
  await project.close();
  rmSync(base, { recursive: true, force: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, folder, path)), { recursive: true });
    writeFileSync(join(base, folder, path), content);
  }
}

async function filesOf(fs: FileSystem): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const { path } of fs.list('', { recursive: true })) found.push([path, await fs.readText(path)]);
  return Object.fromEntries(found);
}

function localFiles(): string[] {
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .sort();
}

async function refusal(run: () => Promise<unknown>) {
  const error = await run().then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

test('one, some and all are exported and imported, byte by byte', async () => {
  const { pipelineManager } = project;
  expect(await pipelineManager.exportPipeline('etl.sales', there, { fs: bucket })).toEqual({
    pipelines: ['etl.sales'],
    written: ['conf/pipelines/etl/sales.yml', 'pipelines/etl/sales.ts'],
  });
  expect(await filesOf(bucket)).toEqual({
    'shop/conf/pipelines/etl/sales.yml': 'run: { inputs: { rate: 2 } } # mine\n',
    'shop/pipelines/etl/sales.ts': 'export const sales = (rate: number) => rate;\n',
  });
  await pipelineManager.exportMany(['plain'], there, { fs: bucket });
  expect(await bucket.exists('shop/pipelines/plain.ts')).toBe(true);
  expect(await bucket.exists('shop/conf/project.yml')).toBe(false);
  const other = join(base, 'other');
  await pipelineManager.exportAll(other);
  const made = await FlowerPowerProject.new({ dir: join(base, 'third') });
  expect(await made.pipelineManager.importAll(there, { fs: bucket })).toMatchObject({
    pipelines: ['etl.sales', 'plain'],
  });
  expect((await made.run('etl.sales')).outputs).toEqual({ sales: 2 });
  await made.pipelineManager.importPipeline('etl.sales', other, { overwrite: true });
  await made.close();
});

test('what is there is refused, all of it at once, and nothing is changed', async () => {
  await bucket.write('shop/pipelines/plain.js', 'export const plain = 0;');
  await bucket.write('shop/conf/pipelines/x.yml', 'name: etl.sales\n');
  const before = await filesOf(bucket);
  const error = await refusal(() => project.pipelineManager.exportAll(there, { fs: bucket }));
  expect(error).toMatchObject({ code: 'FP_PIPELINE_EXISTS', problems: [{}, {}] });
  expect(error.message).toContain('memory://bucket/shop/conf/pipelines/x.yml');
  expect(await filesOf(bucket)).toEqual(before);
  // Files of other names would be a second pipeline of the name.
  expect(
    await refusal(() => project.pipelineManager.exportAll(there, { fs: bucket, overwrite: true })),
  ).toMatchObject({ code: 'FP_PIPELINE_EXISTS' });
  expect(await filesOf(bucket)).toEqual(before);
});

test('with overwrite the same files are replaced, and conf/project.yml never is', async () => {
  await bucket.write('shop/conf/project.yml', 'name: theirs\n');
  await bucket.write('shop/pipelines/plain.ts', 'old');
  const options = { fs: bucket, overwrite: true };
  await project.pipelineManager.exportPipeline('plain', there, options);
  expect(await bucket.readText('shop/pipelines/plain.ts')).toContain('plain = () => 1');
  await project.pipelineManager.importAll(there, options);
  expect(readFileSync(join(base, 'shop/conf/project.yml'), 'utf8')).toBe('name: mine\n');
  expect(await bucket.readText('shop/conf/project.yml')).toBe('name: theirs\n');
});

test.each([
  [false, 'Unavailable'],
  [true, 'Unavailable'],
  [false, 'NoSpace'],
  [true, 'NoSpace'],
] as const)('whichever call fails, all or nothing is there (overwrite: %s, %s)', async (overwrite, fail) => {
  let failures = 0;
  for (let nth = 1; ; nth += 1) {
    const target = createMemoryFileSystem({ name: 'bucket' });
    if (overwrite) {
      await target.write('shop/conf/pipelines/etl/sales.yml', 'old');
      await target.write('shop/pipelines/etl/sales.ts', 'old');
    }
    const before = await filesOf(target);
    const { fs: faulty, unmet } = withFaults(target, [{ call: nth, fail }]);
    const done = await project.pipelineManager
      .exportMany(['etl.sales', 'plain'], there, { fs: faulty, overwrite })
      .then(
        () => true,
        () => false,
      );
    const after = await filesOf(target);
    if (done) {
      expect(unmet).toHaveLength(1);
      expect(Object.keys(after)).toHaveLength(3);
      break;
    }
    failures += 1;
    expect(after).toEqual(before);
  }
  expect(failures).toBeGreaterThan(5);
});

const hostile = ['../x', '/abs/x', '..', 'a/../../x', '%2e%2e%2fx', 'a\0b', 'C:\\x', '', 'a..b', '.x'];

test.each(hostile)('the name %j is refused by every call, and nothing is written', async (name) => {
  const { pipelineManager } = project;
  const before = localFiles();
  for (const call of [
    () => pipelineManager.create(name),
    () => pipelineManager.delete(name, { module: true }),
    () => pipelineManager.importPipeline(name, there, { fs: bucket }),
    () => pipelineManager.importMany(['plain', name], there, { fs: bucket }),
    () => pipelineManager.exportPipeline(name, there, { fs: bucket, overwrite: true }),
    () => pipelineManager.exportMany([name], join(base, 'other')),
    () => pipelineManager.load(name),
    () => project.run(name),
  ]) {
    expect((await refusal(call)).code).toMatch(/^FP_(?:CONFIG_NAME|BAD_OPTION|UNKNOWN_PIPELINE)$/);
  }
  expect(localFiles()).toEqual(before);
  expect(await filesOf(bucket)).toEqual({});
});

test.each([
  'memory://bucket/../x',
  'memory://bucket/a//b',
  'memory://u:p@bucket/x',
  'memory:/bucket/x',
  '~/x',
  'a\0b',
  '',
])('the folder %j is refused for import and export', async (folder) => {
  const before = localFiles();
  for (const call of [
    () => project.pipelineManager.importAll(folder, { fs: bucket }),
    () => project.pipelineManager.exportAll(folder, { fs: bucket }),
    () => FlowerPowerProject.new({ dir: folder, fs: bucket, name: 'x' }),
    () => FlowerPowerProject.load(folder, { fs: bucket }),
  ]) {
    expect((await refusal(call)).code).toMatch(/^FP_(?:FS_INVALID_PATH|BAD_OPTION)$/);
  }
  expect(localFiles()).toEqual(before);
  expect(await filesOf(bucket)).toEqual({});
});

test('a configuration whose name leads away is copied to where it lies', async () => {
  await bucket.write('shop/conf/pipelines/evil.yml', 'name: ../../evil\n');
  await bucket.write('shop/pipelines/evil.ts', 'export const evil = 1;\n');
  const before = localFiles();
  await refusal(() => project.pipelineManager.importAll(there, { fs: bucket })).catch(() => undefined);
  const added = localFiles().filter((path) => !before.includes(path));
  expect(added.every((path) => /^shop\/(?:conf\/)?pipelines\/evil\.(?:yml|ts)$/.test(path))).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'links that lead out are neither read nor written through',
  async () => {
    write('secret', { 'x.ts': 'export const secret = 1;\n' });
    mkdirSync(join(base, 'evil/pipelines'), { recursive: true });
    symlinkSync(join(base, 'secret/x.ts'), join(base, 'evil/pipelines/x.ts'));
    expect((await refusal(() => project.pipelineManager.importAll(join(base, 'evil')))).code).toBe(
      'FP_FS_OUTSIDE_ROOT',
    );
    mkdirSync(join(base, 'trap'));
    symlinkSync(join(base, 'secret'), join(base, 'trap/pipelines'));
    await expect(project.pipelineManager.exportAll(join(base, 'trap'))).rejects.toThrow();
    expect(readdirSync(join(base, 'secret'))).toEqual(['x.ts']);
    expect(existsSync(join(base, 'trap/conf/pipelines/etl/sales.yml'))).toBe(false);
  },
);

test('a pipeline is deleted: its configuration, and its module where that is asked for', async () => {
  const { pipelineManager } = project;
  expect(await pipelineManager.delete('etl.sales')).toEqual({
    name: 'etl.sales',
    deleted: ['conf/pipelines/etl/sales.yml'],
    kept: ['pipelines/etl/sales.ts'],
  });
  expect(await refusal(() => pipelineManager.delete('etl.sales'))).toMatchObject({
    code: 'FP_NOTHING_TO_DELETE',
  });
  expect(await pipelineManager.delete('etl.sales', { module: true })).toMatchObject({
    deleted: ['pipelines/etl/sales.ts'],
  });
  expect(await refusal(() => pipelineManager.delete('etl.sales'))).toMatchObject({
    code: 'FP_UNKNOWN_PIPELINE',
  });
  expect((await pipelineManager.list()).map(({ name }) => name)).toEqual(['plain']);
});

test.each([
  ['as its own', 'name: plain\n'],
  ['besides its own', 'run: { additionalModules: [plain] }\n'],
])('a module was deleted that another pipeline has %s', async (_how, configuration) => {
  write('shop', { 'conf/pipelines/other.yml': configuration, 'conf/pipelines/mine.yml': 'name: mine\n' });
  write('shop', { 'conf/pipelines/plain.yml': 'name: first\n' });
  const before = localFiles();
  const error = await refusal(() => project.pipelineManager.delete('first', { module: true }));
  expect(error.code).toBe('FP_MODULE_IN_USE');
  expect(error.message).toMatch(
    /pipelines\/plain\.ts of 'first' is used by other pipelines: (?:plain|other)\./,
  );
  expect(localFiles()).toEqual(before);
  expect(await project.pipelineManager.delete('first')).toMatchObject({ kept: ['pipelines/plain.ts'] });
});

test('a signal stops an import, an export and a deletion, and nothing is changed', async () => {
  const { pipelineManager } = project;
  await pipelineManager.exportAll(there, { fs: bucket });
  const before = [localFiles(), await filesOf(bucket)];
  const signal = AbortSignal.abort();
  for (const call of [
    () => pipelineManager.importAll(there, { fs: bucket, overwrite: true, signal }),
    () => pipelineManager.exportAll(there, { fs: bucket, overwrite: true, signal }),
    () => pipelineManager.exportAll(join(base, 'other'), { signal }),
    () => pipelineManager.delete('plain', { module: true, signal }),
  ])
    expect(await refusal(call)).toMatchObject({ code: 'FP_FS_ABORTED' });
  expect([localFiles(), await filesOf(bucket)]).toEqual(before);
});

test('an empty folder has nothing to import', async () => {
  expect(await refusal(() => project.pipelineManager.importAll(join(base, 'none')))).toMatchObject({
    code: 'FP_UNKNOWN_PIPELINE',
    message: expect.stringContaining('no pipelines in'),
  });
  expect(existsSync(join(base, 'none'))).toBe(false);
});

test('an import from a place without a project spoke of the own one', async () => {
  const { pipelineManager } = project;
  const place = join(base, 'shopp');
  const { code, message } = await refusal(() => pipelineManager.importPipeline('plain', place));
  expect(code).toBe('FP_UNKNOWN_PIPELINE');
  expect(message).toMatch(
    /^There are no pipelines in .*\/shopp\/?, and no conf\/project.yml: no project is there\.$/,
  );
  expect(
    await refusal(() => pipelineManager.importMany(['plain'], 'memory://bucket/shopp', { fs: bucket })),
  ).toMatchObject({
    message: expect.stringContaining('no pipelines in memory://bucket/shopp'),
    hint: expect.stringContaining('conf/ and pipelines/'),
  });
  write('bare', { 'conf/project.yml': '' });
  expect(await refusal(() => pipelineManager.importPipeline('plain', join(base, 'bare')))).toMatchObject({
    hint: expect.stringContaining('pipeline new'),
  });
  write('bare', { 'pipelines/plane.ts': 'export const plane = 1;' });
  expect(await refusal(() => pipelineManager.importPipeline('plain', join(base, 'bare')))).toMatchObject({
    message: expect.stringContaining(`There is no pipeline 'plain' in file://`),
  });
});

test('a project was exported into its own configuration, and to itself', async () => {
  const before = localFiles();
  const own = join(base, 'shop');
  for (const overwrite of [false, true]) {
    for (const folder of ['conf', 'pipelines', 'conf/inner', 'node_modules', '.git/x', 'Conf']) {
      expect(
        await refusal(() => project.pipelineManager.exportAll(join(own, folder), { overwrite })),
        folder,
      ).toMatchObject({ code: 'FP_FS_PROTECTED' });
    }
    for (const same of [own, `${own}/`, join(own, 'x/..'), pathToFileURL(own).href]) {
      expect(await refusal(() => project.pipelineManager.exportAll(same, { overwrite })), same).toMatchObject(
        {
          code: 'FP_SAME_PROJECT',
          message: `'${same}' is this project itself; nothing was changed.`,
        },
      );
      expect(
        await refusal(() => project.pipelineManager.importPipeline('plain', same, { overwrite })),
      ).toMatchObject({ code: 'FP_SAME_PROJECT' });
    }
  }
  expect(localFiles()).toEqual(before);
  // Any other folder may be a project.
  await project.pipelineManager.exportAll(join(own, 'packages/inner'));
});
