import { expect, test } from 'vitest';
import { builtinPlugin } from './builtin-plugin.js';
import { loadPlugin } from './load-plugin.js';

test('the default export of the module is the plugin', async () => {
  const asked: string[] = [];
  const load = async (specifier: string) => {
    asked.push(specifier);
    return { default: builtinPlugin };
  };
  expect(await loadPlugin('some-plugin', load)).toBe(builtinPlugin);
  expect(asked).toEqual(['some-plugin']);
});

test('an import that fails keeps its reason', async () => {
  const cause = new Error("Cannot find package 'some-plugin'");
  await expect(loadPlugin('some-plugin', () => Promise.reject(cause))).rejects.toMatchObject({
    code: 'FP_PLUGIN_NOT_LOADED',
    message: "The plugin 'some-plugin' could not be imported: Cannot find package 'some-plugin'",
    cause,
  });
});

test.each([
  [{}, 'FP_PLUGIN_INVALID', "The default export of 'p' is undefined, not an object."],
  [undefined, 'FP_PLUGIN_INVALID', "The default export of 'p' is undefined, not an object."],
  [
    { default: { name: 'x', apiVersion: 9 } },
    'FP_PLUGIN_API_VERSION',
    "The plugin 'x' was made for version 9 of the plugin contract; this is version 1.",
  ],
])('what is not a plugin is refused: %j', async (namespace, code, message) => {
  await expect(loadPlugin('p', async () => namespace)).rejects.toMatchObject({ code, message });
});
