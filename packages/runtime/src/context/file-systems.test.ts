import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry, defineFileSystem, definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { errorOf } from '../__fixtures__/set-up.js';
import { createFileSystems } from './file-systems.js';

const given: unknown[] = [];
const plugin = definePlugin({
  name: 'cloud',
  apiVersion: 1,
  fileSystems: {
    s3: {
      options: v.strictObject({ region: v.optional(v.string(), 'eu-1'), tries: v.optional(v.number()) }),
      create: (options, authority) => {
        given.push([options, authority]);
        return createMemoryFileSystem({ name: authority });
      },
    },
  },
});
const create = (storageOptions: Record<string, unknown>) =>
  createFileSystems({
    registry: createRegistry([plugin]),
    fs: createMemoryFileSystem({ name: 'project' }),
    storageOptions,
  });

test('one filesystem for each scheme and authority, with the checked options of the scheme', () => {
  const fileSystems = create({});
  const a = fileSystems.resolve('s3://bucket/raw/a.csv');
  expect(a.path).toBe('raw/a.csv');
  expect(fileSystems.resolve('s3://bucket/b.csv').fs).toBe(a.fs);
  expect(fileSystems.resolve('s3://other/b.csv').fs).not.toBe(a.fs);
  expect(fileSystems.resolve('raw/a.csv').fs.uri('raw/a.csv')).toBe('memory://project/raw/a.csv');
  create({ s3: { region: 'us-2' } }).resolve('s3://bucket/x');
  expect(given).toEqual([
    [{ region: 'eu-1' }, 'bucket'],
    [{ region: 'eu-1' }, 'other'],
    [{ region: 'us-2' }, 'bucket'],
  ]);
});

test('storage options are checked when the runner is made, all at once', async () => {
  const error = await errorOf(() => create({ s3: { regoin: 'x', tries: 'many' }, memory: {}, gs: {} }));
  expect(error).toMatchObject({
    code: 'FP_STORAGE_OPTIONS',
    problems: [
      { code: 'FP_IO_OPTIONS', message: "s3 has no option 'regoin'. Did you mean 'region'?" },
      { code: 'FP_IO_OPTIONS', message: expect.stringContaining('s3.tries') },
      { code: 'FP_STORAGE_OPTIONS', message: "Storage options are given for 'memory', which takes none." },
      { code: 'FP_UNKNOWN_SCHEME' },
    ],
  });
});

test('checking a path makes nothing', () => {
  const fileSystems = create({});
  given.length = 0;
  expect(fileSystems.check('s3://bucket/a.csv')).toEqual([]);
  expect(fileSystems.check('a.csv')).toEqual([]);
  expect(fileSystems.check('../a.csv')).toMatchObject([{ code: 'FP_FS_INVALID_PATH' }]);
  expect(fileSystems.check('s3://user@bucket/a.csv')).toMatchObject([{ code: 'FP_FS_INVALID_PATH' }]);
  expect(fileSystems.check('gs://bucket/a.csv')).toMatchObject([{ code: 'FP_UNKNOWN_SCHEME' }]);
  expect(given).toEqual([]);
});

test('a schema that validates asynchronously is refused', async () => {
  const slow = definePlugin({
    name: 'slow',
    apiVersion: 1,
    fileSystems: {
      slow: {
        options: {
          '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('late')) },
        },
        create: () => createMemoryFileSystem(),
      },
    },
  });
  const options = {
    registry: createRegistry([slow]),
    fs: createMemoryFileSystem(),
    storageOptions: { slow: {} },
  };
  expect(await errorOf(() => createFileSystems(options))).toMatchObject({
    code: 'FP_IO_OPTIONS',
    message: expect.stringContaining('validates asynchronously'),
  });
});

test('after close nothing is made any more, also not for a node that was left behind', async () => {
  const fileSystems = create({});
  await fileSystems.close();
  given.length = 0;
  expect(await errorOf(() => fileSystems.resolve('s3://bucket/a.csv'))).toMatchObject({
    code: 'FP_RUNNER_CLOSED',
  });
  expect(given).toEqual([]);
});

test('a start that fails reports also what could not be closed again', async () => {
  const stuck = createMemoryFileSystem();
  stuck.close = () => Promise.reject(new Error('stuck'));
  const make = (authority: string) => {
    if (authority === 'bad') throw new Error('no credentials');
    return stuck;
  };
  const half = definePlugin({
    name: 'half',
    apiVersion: 1,
    fileSystems: { half: { create: (_, authority) => make(authority) } },
  });
  const options = { registry: createRegistry([half]), fs: createMemoryFileSystem(), storageOptions: {} };
  expect(
    await errorOf(() =>
      createFileSystems(options).open([{ path: 'half://good/x' }, { path: 'half://bad/x' }]),
    ),
  ).toMatchObject({
    code: 'FP_FILE_SYSTEM_START',
    problems: [{ code: 'FP_FILE_SYSTEM_START' }, { code: 'FP_CLOSE_FAILED' }],
  });
});

test('options beside a path are merged over those of the scheme; equal ones share a filesystem', async () => {
  const fileSystems = create({ s3: { region: 'us-2', tries: 3 } });
  given.length = 0;
  const bucket = 's3://bucket/x';
  const plain = fileSystems.resolve(bucket).fs;
  const other = fileSystems.resolve(bucket, 'read', { region: 'eu-1' }).fs;
  expect(other).not.toBe(plain);
  expect(fileSystems.resolve(bucket, 'read', { region: 'eu-1', tries: 3 }).fs).toBe(other);
  expect(fileSystems.resolve(bucket, 'read', { region: 'us-2' }).fs).toBe(plain);
  expect(fileSystems.resolve(bucket, 'read', {}).fs).toBe(plain);
  fileSystems.resolve(bucket, 'read', { region: null, tries: null });
  expect(given).toEqual([
    [{ region: 'us-2', tries: 3 }, 'bucket'],
    [{ region: 'eu-1', tries: 3 }, 'bucket'],
    [{ region: 'eu-1' }, 'bucket'],
  ]);
  await fileSystems.close();
});

test('files of one URI behind other options are other files, and their folders are looked into each', () => {
  const fileSystems = create({});
  const here = { path: 's3://bucket/a/x.csv' };
  const there = { ...here, storageOptions: { region: 'us-2' } };
  expect(fileSystems.keyOf(here)).not.toBe(fileSystems.keyOf(there));
  expect(fileSystems.keyOf({ ...there })).toBe(fileSystems.keyOf(there));
  expect(fileSystems.keyOf({ ...here, storageOptions: { region: 'eu-1' } })).not.toBe(
    fileSystems.keyOf(there),
  );
  const folders = fileSystems.directoriesOf([here, there, here]);
  expect(folders.map(({ path }) => path)).toEqual(['a', 'a']);
  expect(folders[0]!.fs).not.toBe(folders[1]!.fs);
});

test('what is wrong with options beside a path is told without their values', async () => {
  const fileSystems = create({});
  const check = (path: string, storageOptions: Record<string, unknown>) =>
    fileSystems.checkOptions({ path, storageOptions });
  expect(check('s3://bucket/x', { regoin: 'x' })).toMatchObject([
    { message: "s3 has no option 'regoin'. Did you mean 'region'?" },
  ]);
  const [problem, ...others] = check('s3://bucket/x', { tries: 'hunter2', region: 5678 });
  const told = JSON.stringify([problem, others]);
  expect(told).toContain('s3.tries must be number');
  expect(told).not.toMatch(/hunter2|5678/);
  expect(check('data/x', { region: 'x' })).toMatchObject([
    { code: 'FP_STORAGE_OPTIONS', message: expect.stringContaining("'data/x', which has no scheme") },
  ]);
  expect(check('memory://m/x', {})).toMatchObject([{ code: 'FP_STORAGE_OPTIONS' }]);
  // Said of the path already.
  expect(check('gs://bucket/x', { a: 1 })).toEqual([]);
  expect(await errorOf(() => fileSystems.resolve('data/x', 'read', { a: 1 }))).toMatchObject({
    code: 'FP_STORAGE_OPTIONS',
  });
});

test('what a plugin says when it refuses is told without the options', async () => {
  const strict = definePlugin({
    name: 'strict',
    apiVersion: 1,
    fileSystems: {
      strict: {
        options: v.looseObject({}),
        create: (options) => {
          throw new Error(`bad key ${(options as { key: string }).key}`);
        },
      },
    },
  });
  const fileSystems = createFileSystems({
    registry: createRegistry([strict]),
    fs: createMemoryFileSystem(),
    storageOptions: {},
  });
  const error = await errorOf(() => fileSystems.resolve('strict://b/x', 'read', { key: 'hunter2' }));
  expect(error).toMatchObject({ code: 'FP_FILE_SYSTEM_START', message: expect.stringContaining('(hidden)') });
  expect(error.message).not.toContain('hunter2');
});

test('a filesystem that keeps its files in others finds them as the project does', async () => {
  const drawer = definePlugin({
    name: 'drawers',
    apiVersion: 1,
    fileSystems: {
      drawer: defineFileSystem({
        create: (_options, name, { resolve }) => ({
          ...createMemoryFileSystem(),
          readText: async (path) => {
            const { fs, path: chest } = resolve(`chests/${name}`);
            return `${path} of ${await fs.readText(chest)}`;
          },
        }),
      }),
    },
  });
  const projectFs = createMemoryFileSystem();
  await projectFs.write('chests/a', 'a chest');
  const fileSystems = createFileSystems({
    registry: createRegistry([drawer]),
    fs: projectFs,
    storageOptions: {},
  });
  const { fs, path } = fileSystems.resolve('drawer://a/top');
  expect(await fs.readText(path)).toBe('top of a chest');
});
