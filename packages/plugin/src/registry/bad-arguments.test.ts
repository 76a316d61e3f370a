/** What the compiler refuses, and JavaScript lets through: each is an error that says what was given wrong. */
import { expect, test } from 'vitest';
import { createRegistry, defineFileSystem, definePlugin, loadPlugin, pluginResources } from '../index.js';

const never = (value: unknown) => value as never;
const registry = createRegistry([]);

test.each<[string, () => unknown]>([
  ['definePlugin: The plugin must be an object', () => definePlugin(never(null))],
  ['definePlugin: The plugin must be an object', () => definePlugin(never([]))],
  ['loadPlugin: The specifier must be a text, not null', () => loadPlugin(never(null), async () => ({}))],
  ['loadPlugin: importModule must be a function', () => loadPlugin('x', never(undefined))],
  ['defineFileSystem: The factory must be an object', () => defineFileSystem(never({}))],
  ['plugins must be a list of plugins', () => pluginResources(never(null))],
])('%s', async (text, call) => {
  await expect(async () => call()).rejects.toMatchObject({
    code: 'FP_BAD_OPTION',
    message: expect.stringContaining(text),
  });
});

test.each([null, undefined, 5, Symbol('x'), {}])('a name that is no text (%#)', (name) => {
  const text = (kind: string) =>
    expect.objectContaining({ message: expect.stringContaining(`The name of the ${kind} must be a text`) });
  expect(() => registry.loader(never(name))).toThrow(text('loader'));
  expect(() => registry.saver(never(name))).toThrow(text('saver'));
  expect(() => registry.fileSystem(never(name))).toThrow(text('scheme'));
});
