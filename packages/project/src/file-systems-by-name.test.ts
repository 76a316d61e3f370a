/** Nodes reach the filesystems of their project by name. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collect, node, parallelizable } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { fileSystemOf } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from './index.js';

let parent: string;
let root: string;
let made: { options: unknown; authority: string; fs: FileSystem; closed: boolean }[];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'flowerpower-named-'));
  root = join(parent, 'shop');
  made = [];
});
afterEach(() => rmSync(parent, { recursive: true }));

const store = definePlugin({
  name: 'store',
  apiVersion: 1,
  fileSystems: {
    store: {
      options: v.strictObject({ region: v.optional(v.string()), key: v.optional(v.string()) }),
      create(options, authority) {
        const fs = createMemoryFileSystem({ name: authority });
        const entry = { options, authority, fs, closed: false };
        made.push(entry);
        return {
          ...withFaults(fs).fs,
          close: async () => {
            entry.closed = true;
          },
        };
      },
    },
  },
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(parent, path)), { recursive: true });
    writeFileSync(join(parent, path), content);
  }
}

/** What modules of these tests use, since their folder has no packages. */
const tools = { fileSystemOf, collect, node, parallelizable };
beforeAll(() => void Object.assign(globalThis, { fpTools: tools }));
afterAll(() => void Reflect.deleteProperty(globalThis, 'fpTools'));

/** A pipeline `p` whose module may use `fileSystemOf`. */
async function load(projectYml: string, nodes: string, options: LoadProjectOptions = {}) {
  write({
    'shop/conf/project.yml': projectYml,
    'shop/pipelines/p.ts': `const { ${Object.keys(tools).join(', ')} } = globalThis.fpTools;\n${nodes}`,
  });
  return FlowerPowerProject.load(root, { environment: {}, plugins: [store], ...options });
}

async function refusal(work: () => Promise<unknown>): Promise<Record<string, unknown>> {
  return work().then(
    () => expect.unreachable(),
    (error: unknown) => error as Record<string, unknown>,
  );
}

const three = `name: shop
storageOptions: { store: { region: north } }
fileSystems:
  lake: store://bucket/lake
  archive: { path: store://bucket/old, storageOptions: { key: k } }
  scratch: ./tmp
`;

test('a node reads and writes each of them, in a fan-out too, and they are closed with the project', async () => {
  const project = await load(
    three,
    `    export const name = node(() => ['a', 'b'], parallelizable());
    export async function copied({ name }: { name: string }, context: object): Promise<string> {
      const [lake, archive, scratch, project] = ['lake', 'archive', 'scratch', 'project'].map((each) => fileSystemOf(context as never, each));
      await lake!.write(name, 'in the lake');
      await archive!.write(name, await lake!.readText(name));
      await scratch!.write(name, await archive!.readText(name));
      return project!.readText('tmp/' + name);
    }
    export const all = node(({ copied }: { copied: string[] }) => copied, collect('copied'));`,
  );
  expect(made).toEqual([]);
  const { outputs } = await project.run('p', { outputs: ['all'] });
  expect(outputs).toEqual({ all: ['in the lake', 'in the lake'] });
  expect(readFileSync(join(root, 'tmp/a'), 'utf8')).toBe('in the lake');
  expect(made).toMatchObject([
    { options: { region: 'north' }, authority: 'bucket', closed: false },
    { options: { region: 'north', key: 'k' }, authority: 'bucket', closed: false },
  ]);
  expect(await made[0]!.fs.readText('lake/a')).toBe('in the lake');
  expect(await made[1]!.fs.readText('old/b')).toBe('in the lake');
  await project.run('p', { outputs: ['all'] });
  expect(made).toHaveLength(2);
  await project.close();
  expect(made.map(({ closed }) => closed)).toEqual([true, true]);
});

test('a synchronous node asks too, and a synchronous run makes what it asks for', async () => {
  const project = await load(
    three,
    `export const where = (ctx: never) => fileSystemOf(ctx, 'lake').uri('x');`,
  );
  await project.pipelineManager.load('p');
  expect(project.runSync('p').outputs).toEqual({ where: 'memory://bucket/lake/x' });
  await project.close();
  expect(made).toMatchObject([{ closed: true }]);
});

test('an environment gives a name another place', async () => {
  write({ 'shop/conf/env/dev.yml': 'project: { fileSystems: { lake: ./lake } }\n' });
  const project = await load(
    three,
    `export const size = async (ctx: never) => (await fileSystemOf(ctx, 'lake').write('x', 'four')).size;`,
    { env: 'dev' },
  );
  expect((await project.run('p')).outputs).toEqual({ size: 4 });
  expect(readFileSync(join(root, 'lake/x'), 'utf8')).toBe('four');
  await project.close();
});

test('an unknown name fails the node, and the error lists those that there are', async () => {
  const project = await load(three, `export const x = (ctx: never) => fileSystemOf(ctx, 'laek').scheme;`);
  expect(await refusal(() => project.run('p'))).toMatchObject({
    code: 'FP_NODE_FAILED',
    cause: {
      code: 'FP_UNKNOWN_FILE_SYSTEM',
      message: "There is no filesystem 'laek'.",
      hint: "Did you mean 'lake'? Filesystems: project, lake, archive, scratch. Add others under fileSystems in conf/project.yml.",
    },
  });
  await project.close();
});

test.each([
  [
    'outside of the project',
    'lake: ../elsewhere',
    'FP_FS_OUTSIDE_ROOT',
    /fileSystems\.lake: '\.\.\/elsewhere'.*outside the project/,
  ],
  ['a scheme that no plugin brings', 'lake: stoer://b', 'FP_UNKNOWN_SCHEME', /fileSystems\.lake: .*stoer/],
  [
    'a misspelt option',
    'lake: { path: store://b, storageOptions: { regoin: x } }',
    'FP_IO_OPTIONS',
    /fileSystems\.lake: .*regoin/,
  ],
  [
    'options without a scheme',
    'lake: { path: tmp, storageOptions: { region: x } }',
    'FP_STORAGE_OPTIONS',
    /no scheme/,
  ],
  ['no path', 'lake: { storageOptions: { region: x } }', 'FP_CONFIG_REQUIRED', /path/],
  ['a misspelt key', 'lake: { path: tmp, storageOption: {} }', 'FP_CONFIG_UNKNOWN_KEY', /storageOption/],
  ['the name of the project', 'project: ./tmp', 'FP_FILE_SYSTEMS', /fileSystems\.project: this is the name/],
])('%s is refused at its line', async (_name, line, code, message) => {
  const error = await refusal(() => load(`name: shop\nfileSystems:\n  ${line}\n`, ''));
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching(message),
    places: [{ file: 'conf/project.yml', line: 3 }],
  });
  expect(made).toEqual([]);
});

test('what is wrong is told together', async () => {
  const error = await refusal(() => load('fileSystems:\n  a: ../x\n  b: stoer://b\n  c: ./fine\n', ''));
  expect(error).toMatchObject({
    code: 'FP_FILE_SYSTEMS',
    problems: [
      { code: 'FP_FS_OUTSIDE_ROOT', places: [{ line: 2 }] },
      { code: 'FP_UNKNOWN_SCHEME', places: [{ line: 3 }] },
    ],
  });
});

test('nothing outside of a folder is reached, and what the project is made of is read but not written', async () => {
  write({ 'shop/data/x': 'x', 'shop/other': 'other', 'outside/secret': 'secret' });
  symlinkSync('../other', join(root, 'data/inside'));
  symlinkSync(join(parent, 'outside'), join(root, 'data/out'));
  symlinkSync('../conf', join(root, 'data/conf'));
  const project = await load(
    'name: shop\nfileSystems: { data: data, conf: conf }\n',
    `export async function refused(ctx: never) {
      const data = fileSystemOf(ctx, 'data');
      const project = fileSystemOf(ctx, 'project');
      const conf = fileSystemOf(ctx, 'conf');
      const calls = {
        up: () => data.read('../other'),
        upOfView: () => data.sub('d').read('../x'),
        inside: () => data.read('inside'),
        out: () => data.read('out/secret'),
        outFromProject: () => project.write('data/out/new', 'bad'),
        write: () => project.write('conf/project.yml', 'bad'),
        letters: () => project.write('Conf/new.yml', 'bad'),
        view: () => project.sub('conf').write('new.yml', 'bad'),
        link: () => project.write('data/conf/new.yml', 'bad'),
        named: () => conf.write('new.yml', 'bad'),
        move: () => project.move('pipelines/p.ts', 'data/p.ts'),
        delete: () => project.delete('conf/project.yml'),
        empty: () => project.deleteDir('', { allowRoot: true }),
      };
      const codes: Record<string, string> = { read: (await conf.readText('project.yml')).slice(0, 4) };
      for (const [name, call] of Object.entries(calls)) codes[name] = await call().then(() => 'done', (error) => error.code);
      return codes;
    }`,
  );
  const { outputs } = await project.run('p');
  expect(outputs).toEqual({
    refused: {
      read: 'name',
      up: 'FP_FS_INVALID_PATH',
      upOfView: 'FP_FS_INVALID_PATH',
      inside: 'FP_FS_OUTSIDE_ROOT',
      out: 'FP_FS_OUTSIDE_ROOT',
      outFromProject: 'FP_FS_OUTSIDE_ROOT',
      write: 'FP_FS_PROTECTED',
      letters: 'FP_FS_PROTECTED',
      view: 'FP_FS_PROTECTED',
      link: 'FP_FS_PROTECTED',
      named: 'FP_FS_PROTECTED',
      move: 'FP_FS_PROTECTED',
      delete: 'FP_FS_PROTECTED',
      empty: 'FP_FS_PROTECTED',
    },
  });
  await project.close();
});

test('in a bucket, what the project is made of is not written to either, by no name of it', async () => {
  const fs = createMemoryFileSystem({ name: 'team' });
  await fs.write(
    'shop/conf/project.yml',
    'name: shop\nfileSystems: { whole: "memory://team/shop/", data: data }\n',
  );
  await fs.write(
    'shop/pipelines/p.ts',
    `const { fileSystemOf } = globalThis.fpTools;
    export async function codes(ctx: never) {
      const project = fileSystemOf(ctx, 'project');
      const calls = {
        write: () => project.write('conf/project.yml', 'bad'),
        view: () => project.sub('conf').write('new.yml', 'bad'),
        whole: () => fileSystemOf(ctx, 'whole').write('conf/new.yml', 'bad'),
        empty: () => project.deleteDir('', { allowRoot: true }),
        data: () => fileSystemOf(ctx, 'data').write('x', 'fine'),
        own: () => project.write('data/y', 'fine'),
        wholeData: () => fileSystemOf(ctx, 'whole').write('data/z', 'fine'),
      };
      const codes: Record<string, string> = {};
      for (const [name, call] of Object.entries(calls)) codes[name] = await call().then(() => 'done', (error) => error.code);
      return codes;
    }`,
  );
  const environment = { FP_CACHE_DIR: join(parent, 'copies') };
  const project = await FlowerPowerProject.load('memory://team/shop', { fs, environment });
  expect((await project.run('p')).outputs).toEqual({
    codes: {
      write: 'FP_FS_PROTECTED',
      view: 'FP_FS_PROTECTED',
      whole: 'FP_FS_PROTECTED',
      empty: 'FP_FS_PROTECTED',
      data: 'done',
      own: 'done',
      wholeData: 'done',
    },
  });
  expect(await fs.readText('shop/data/x')).toBe('fine');
  await project.close();
});

test('an allowed folder outside has a name like any other', async () => {
  write({ 'shared/x': 'shared' });
  const project = await load(
    'name: shop\nallowOutside: [../shared]\nfileSystems: { shared: ../shared }\n',
    `export const x = (ctx: never) => fileSystemOf(ctx, 'shared').readText('x');`,
  );
  expect((await project.run('p')).outputs).toEqual({ x: 'shared' });
  await project.close();
});

test('a call ends when the run is cancelled', async () => {
  const never = new Promise<never>(() => {});
  const stuck = definePlugin({
    name: 'stuck',
    apiVersion: 1,
    fileSystems: {
      stuck: {
        create: () => withFaults(createMemoryFileSystem(), [{ call: 1, delay: () => (reached(), never) }]).fs,
      },
    },
  });
  const controller = new AbortController();
  const reached = () => controller.abort();
  const project = await load(
    'name: shop\nfileSystems: { far: stuck://x }\n',
    `export const x = (ctx: never) => fileSystemOf(ctx, 'far').readText('x');`,
    { plugins: [stuck] },
  );
  expect(await refusal(() => project.run('p', { signal: controller.signal }))).toMatchObject({
    code: 'FP_RUN_CANCELLED',
  });
  await project.close();
});

test('a node that asks for a filesystem is not taken from the cache', async () => {
  const project = await load(
    'name: shop\n',
    `export const x = (ctx: never) => fileSystemOf(ctx, 'project').readText('data.txt');`,
  );
  const run = () => project.run('p', { cache: { enabled: true } });
  write({ 'shop/data.txt': 'one' });
  expect((await run()).outputs).toEqual({ x: 'one' });
  write({ 'shop/data.txt': 'two' });
  expect((await run()).outputs).toEqual({ x: 'two' });
  await project.close();
});
