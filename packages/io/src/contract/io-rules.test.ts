/** What the compiler refuses, and JavaScript lets through: each is an error that says what was given wrong. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { expect, test } from 'vitest';
import {
  bindLoader,
  bindSaver,
  builtinLoaders,
  builtinSavers,
  createMaterializers,
  defineLoader,
  defineSaver,
  fileResources,
  loaderWithSchema,
  parseOptions,
} from '../index.js';

const { csv } = builtinLoaders;
const never = (value: unknown) => value as never;

test.each<[string, () => unknown]>([
  ['defineLoader: The loader must be an object with a type', () => defineLoader(never(null))],
  ['and a function load, not { type, load }', () => defineLoader(never({ type: 'x', load: () => 1 }))],
  ['and a function load', () => defineLoader(never({ ...csv, load: 'x' }))],
  ['defineSaver: The saver must be an object with a type', () => defineSaver(never(undefined))],
  ['and a function save', () => defineSaver(never(csv))],
  ['bindLoader: The loader must be', () => bindLoader(never(null))],
  ['bindLoader: resolve must be a function, not null', () => bindLoader(csv, never(null))],
  ['bindSaver: The saver must be', () => bindSaver(never('csv'))],
  ['bindSaver: resolve must be a function, not 5', () => bindSaver(builtinSavers.csv, never(5))],
  [
    'createMaterializers: The options must be an object with a fileSystem',
    () => createMaterializers(never(null)),
  ],
  ['with a function resolve, not {', () => createMaterializers(never({}))],
  ['with a function resolve', () => createMaterializers(never({ fileSystem: 'memory' }))],
  ['fileResources: The options must be', () => fileResources(never(undefined))],
  ['loaderWithSchema: The loader must be', () => loaderWithSchema(never(null), csv.options)],
  ['loaderWithSchema: The schema must be a Standard Schema', () => loaderWithSchema(csv, never({}))],
  [
    'parseOptions: The options of the definition must be a Standard Schema',
    () => parseOptions(never(null), {}),
  ],
])('%s', (text, call) => {
  expect(call).toThrow(
    expect.objectContaining({ code: 'FP_BAD_OPTION', message: expect.stringContaining(text) }),
  );
});

test('what is given right is taken', () => {
  const fileSystem = createMemoryFileSystem();
  expect(defineLoader(csv)).toBe(csv);
  expect(defineSaver(builtinSavers.csv)).toBe(builtinSavers.csv);
  expect(createMaterializers({ fileSystem }).from).toHaveProperty('csv');
  expect(createMaterializers({ resolve: (path) => ({ fs: fileSystem, path }) }).to).toHaveProperty('csv');
  expect(loaderWithSchema(csv, csv.options).type).toBe('csv');
});
