import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry, definePlugin } from '@flowerpower/plugin';
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
    await errorOf(() => createFileSystems(options).open(['half://good/x', 'half://bad/x'])),
  ).toMatchObject({
    code: 'FP_FILE_SYSTEM_START',
    problems: [{ code: 'FP_FILE_SYSTEM_START' }, { code: 'FP_CLOSE_FAILED' }],
  });
});
