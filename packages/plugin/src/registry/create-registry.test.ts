import { FlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers, defineLoader, defineSaver } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { definePlugin, type Plugin } from '../contract/plugin.js';
import { createRegistry } from './create-registry.js';

const anything = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const;
const metadata = { uri: 'x:///', format: 'parquet', bytes: 0, sha256: '' };
const parquet = defineLoader({
  type: 'parquet',
  options: anything,
  load: async () => ({ value: 1, metadata }),
});
const parquetSaver = defineSaver({ type: 'parquet', options: anything, save: async () => metadata });
const parquetPlugin = definePlugin({
  name: 'parquet-plugin',
  apiVersion: 1,
  fileSystems: { s3: { create: () => createMemoryFileSystem() } },
  loaders: { parquet },
  savers: { parquet: parquetSaver },
});

function refused(run: () => unknown): FlowerPowerError {
  try {
    run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

test('the built-in formats and schemes come first, then what the plugins add', () => {
  const registry = createRegistry([parquetPlugin]);
  expect(registry.plugins).toEqual(['flowerpower', 'parquet-plugin']);
  expect(registry.schemes).toEqual(['file', 'memory', 's3']);
  expect(registry.loaders).toEqual([...createRegistry().loaders, 'parquet']);
  expect(createRegistry().loaders).toEqual(Object.keys(builtinLoaders));
  expect(createRegistry().savers).toEqual(Object.keys(builtinSavers));
  expect(createRegistry().loader('csv')).toBe(builtinLoaders.csv);
  expect(registry.loader('parquet')).toBe(parquet);
  expect(registry.saver('parquet')).toBe(parquetSaver);
  expect(registry.fileSystem('s3')).toBe(parquetPlugin.fileSystems.s3);
});

test('the built-in filesystems are those of the authority', async () => {
  const fs = createRegistry()
    .fileSystem('memory')
    .create({}, 'scratch', {
      resolve: () => {
        throw new Error('Nothing of it is elsewhere.');
      },
    });
  expect(fs.uri('a.csv')).toBe('memory://scratch/a.csv');
});

test('two registries share nothing', () => {
  createRegistry([parquetPlugin]);
  expect(createRegistry().loaders).not.toContain('parquet');
});

test('an unknown name is an error with the nearest and all available names', () => {
  const registry = createRegistry([parquetPlugin]);
  const error = refused(() => registry.loader('parqet'));
  expect(error.code).toBe('FP_UNKNOWN_LOADER');
  expect(error.hint).toBe(`Did you mean 'parquet'? Available: ${registry.loaders.join(', ')}.`);
  expect(refused(() => registry.saver('nothing like it')).hint).toBe(
    `Available: ${registry.savers.join(', ')}.`,
  );
  expect(refused(() => registry.fileSystem('gs')).code).toBe('FP_UNKNOWN_SCHEME');
  expect(refused(() => registry.loader('constructor')).code).toBe('FP_UNKNOWN_LOADER');
});

test('what a package of FlowerPower brings is said with its name, also where it is nearly right', () => {
  const registry = createRegistry();
  const hintOf = (call: () => unknown) => refused(call).hint;
  const parquetPackage = 'Install @flowerpower/plugin-parquet, and name it under plugins.';
  expect(hintOf(() => registry.loader('parquet'))).toMatch(new RegExp(`^${parquetPackage}`));
  expect(hintOf(() => registry.saver('parqet'))).toMatch(/^Did you mean 'parquet'\? Install @flower/);
  expect(hintOf(() => registry.saver('arrow'))).toMatch(/^Install @flowerpower\/plugin-arrow, /);
  expect(hintOf(() => registry.fileSystem('gcs'))).toMatch(
    /^Did you mean 'gs'\? Install @flowerpower\/plugin-gcs, /,
  );
});

test('nothing is overwritten silently: every conflict names both plugins', () => {
  const rival: Plugin = {
    name: 'rival',
    apiVersion: 1,
    fileSystems: { memory: { create: () => createMemoryFileSystem() } },
    loaders: { parquet },
  };
  const error = refused(() => createRegistry([parquetPlugin, rival]));
  expect(error.code).toBe('FP_REGISTRY_INVALID');
  expect(error.problems.map(({ message }) => message)).toEqual([
    "The scheme 'memory' is contributed by the plugins 'flowerpower' and 'rival'.",
    "The loader 'parquet' is contributed by the plugins 'parquet-plugin' and 'rival'.",
  ]);
});

test('codes of errors belong to one plugin each, and those of FlowerPower to none', () => {
  const ledger = (name: string, errors: Readonly<Record<string, string>>): Plugin => ({
    name,
    apiVersion: 1,
    errors,
  });
  const torn = { LEDGER_TORN: 'A page is torn.' };
  expect(createRegistry([ledger('ledger', torn)]).errorCodes).toEqual(['LEDGER_TORN']);
  expect(refused(() => createRegistry([ledger('ledger', torn), ledger('rival', torn)]))).toMatchObject({
    code: 'FP_PLUGIN_CONFLICT',
    message: "The error 'LEDGER_TORN' is contributed by the plugins 'ledger' and 'rival'.",
  });
  const ours = ledger('ledger', { FP_NODE_FAILED: 'Not ours.', LEDGER_TORN: 5 as never });
  expect(refused(() => createRegistry([ours])).problems.map(({ message }) => message)).toEqual([
    "The plugin 'ledger' names the error 'FP_NODE_FAILED', and codes that start with FP_ are those of FlowerPower.",
    "The plugin 'ledger' has errors.LEDGER_TORN that is a number, not a sentence.",
  ]);
});

test('adapters are found by name, belong to one plugin each, and are told of by package', () => {
  const bell = { create: () => ({ onEvent() {} }) };
  const registry = createRegistry([{ name: 'bells', apiVersion: 1, adapters: { bell } }]);
  expect(registry.adapters).toEqual(['progress', 'bell']);
  expect(registry.adapter('bell')).toBe(bell);
  expect(refused(() => registry.adapter('bel'))).toMatchObject({
    code: 'FP_UNKNOWN_ADAPTER',
    hint: "Did you mean 'bell'? Available: progress, bell.",
  });
  expect(refused(() => registry.adapter('opentelemetri')).hint).toMatch(
    /^Did you mean 'opentelemetry'\? Install @flowerpower\/plugin-opentelemetry, /,
  );
  const rival: Plugin = { name: 'rival', apiVersion: 1, adapters: { progress: bell } };
  expect(refused(() => createRegistry([rival])).message).toBe(
    "The adapter 'progress' is contributed by the plugins 'flowerpower' and 'rival'.",
  );
});

test('every fault of shape is reported at once', () => {
  const broken = {
    name: ' ',
    fileSystems: { S3: {}, gs: { create: () => 1, options: 5 } },
    loaders: { csv2: { type: 'csv', load: 'no', valueType: 'string' }, other: 3 },
    savers: [],
    resultBuilders: { table: { build: 'no' } },
    adapters: { bell: { create: 1 }, gong: { create: () => ({}), options: 1 } },
    commands: [],
  };
  const error = refused(() => createRegistry([broken as unknown as Plugin, null as unknown as Plugin]));
  expect(error.problems.map(({ message }) => message)).toEqual([
    'Plugin 1 has no name.',
    'Plugin 1 has no apiVersion; this one is 1.',
    "Plugin 1 has a member 'commands' that plugins do not have.",
    "Plugin 1 names the scheme 'S3', which is not a lower-case URI scheme.",
    'Plugin 1 has no function fileSystems.S3.create.',
    'Plugin 1 has fileSystems.gs.options that are not a Standard Schema.',
    "Plugin 1 has loaders.csv2, whose type is not 'csv2' but 'csv'.",
    'Plugin 1 has no function loaders.csv2.load.',
    'Plugin 1 has loaders.csv2.valueType that is a string, not a function.',
    'Plugin 1 has loaders.csv2.options that are not a Standard Schema.',
    'Plugin 1 has loaders.other, which is a number.',
    'Plugin 1 has savers that are an array, not an object.',
    'Plugin 1 has no function adapters.bell.create.',
    'Plugin 1 has adapters.gong.options that are not a Standard Schema.',
    'Plugin 1 has no function resultBuilders.table.build.',
    'Plugin 2 is null, not an object.',
  ]);
  expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(['FP_PLUGIN_INVALID']));
});

test('a plugin of another contract version is refused before its members are judged', () => {
  const next = { name: 'next', apiVersion: 2, loaders: 'something new' } as unknown as Plugin;
  const error = refused(() => createRegistry([next]));
  expect(error.code).toBe('FP_PLUGIN_API_VERSION');
  expect(error.message).toBe(
    "The plugin 'next' was made for version 2 of the plugin contract; this is version 1.",
  );
});

test.each([null, {}, 'plugin', 7])('what is not a list of plugins is refused: %o', (plugins) => {
  expect(() => createRegistry(plugins as never)).toThrow('createRegistry: plugins must be a list of plugins');
});
