import { createDriver, loadFrom, loadNode, node, saveTo, source } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createMaterializers, defineLoader, defineSaver, fileResources } from '@flowerpower/io';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { definePlugin, from, pluginResources, to } from '../index.js';

const options = v.strictObject({ path: v.string(), mark: v.optional(v.string(), '!') });
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

const shoutPlugin = definePlugin({
  name: 'shout-plugin',
  apiVersion: 1,
  loaders: {
    shout: defineLoader({
      type: 'shout',
      options,
      async load({ path: given, mark }, context) {
        const { fs, path } = context.resolve(given);
        const text = await fs.readText(path);
        const metadata = { uri: fs.uri(path), format: 'shout', bytes: text.length, sha256: sha256(text) };
        return { value: text.toUpperCase() + mark, metadata };
      },
    }),
  },
  savers: {
    shout: defineSaver({
      type: 'shout',
      options,
      async save(value: string, { path: given, mark }, context) {
        const { fs, path } = context.resolve(given);
        const text = value.toUpperCase() + mark;
        await fs.write(path, text);
        return { uri: fs.uri(path), format: 'shout', bytes: text.length, sha256: sha256(text) };
      },
    }),
  },
});

declare module '@flowerpower/plugin' {
  interface Register {
    'shout-plugin': typeof shoutPlugin;
  }
}

const moduleOf = (formats: {
  readonly from: Pick<typeof from, 'shout'>;
  readonly to: Pick<typeof to, 'shout' | 'json'>;
}) => ({
  answer: node(
    ({ text }: { text: string }) => `${text} yes`,
    loadFrom({ text: formats.from.shout({ path: source('question'), mark: '?' }) }),
    saveTo(formats.to.shout({ path: 'answer.txt' })),
    saveTo(formats.to.json({ path: 'answer.json' }), { name: 'json' }),
  ),
});

async function shop() {
  const fileSystem = createMemoryFileSystem();
  await fileSystem.write('question.txt', 'ready');
  return fileSystem;
}

test('from and to have the formats of the plugins that the driver was given', async () => {
  const fileSystem = await shop();
  const resources = { ...fileResources({ fileSystem }), ...pluginResources([shoutPlugin]) };
  const driver = createDriver({ modules: [moduleOf({ from, to })], resources });
  const inputs = { question: 'question.txt' };
  expect(await driver.execute(['answer', 'save.answer'], { inputs })).toMatchObject({
    answer: 'READY? yes',
    'save.answer': { format: 'shout', uri: fileSystem.uri('answer.txt') },
  });
  expect(await fileSystem.readText('answer.txt')).toBe('READY? YES!');
});

test('createMaterializers takes plugins with a place, and without one paths lead where the driver says', async () => {
  const fileSystem = await shop();
  const inputs = { question: 'question.txt' };
  const bound = createMaterializers({ fileSystem, plugins: [shoutPlugin] });
  const unbound = createMaterializers({ plugins: [shoutPlugin] });
  for (const [formats, resources] of [
    [bound, {}],
    [unbound, fileResources({ fileSystem })],
  ] as const) {
    const driver = createDriver({ modules: [moduleOf(formats)], resources });
    expect(await driver.execute(['answer'], { inputs })).toEqual({ answer: 'READY? yes' });
  }
  expect(() => createMaterializers({ plugins: [shoutPlugin, shoutPlugin] })).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_OPTION',
      message: expect.stringContaining("'shout' in loaders"),
    }),
  );
});

const givenTo = (module: object, resources?: Readonly<Record<string, unknown>>) => () =>
  createDriver({ modules: [module], ...(resources && { resources }) });

test('wrong options of a plugin are found when the graph is built', () => {
  const wrong = { text: loadNode(from.shout({ path: 'a.txt', makr: '?' } as never)) };
  expect(givenTo(wrong, pluginResources([shoutPlugin]))).toThrow(
    expect.objectContaining({
      code: 'FP_IO_OPTIONS',
      message: expect.stringContaining("shout has no option 'makr'. Did you mean 'mark'?"),
    }),
  );
});

test('a format that no plugin of the project brings is unknown when the graph is built, with the nearest name', () => {
  const anything = from as unknown as Record<string, (options: object) => never>;
  const wrong = { text: loadNode(anything['shuot']!({ path: 'a.txt' })) };
  expect(givenTo(wrong, pluginResources([shoutPlugin]))).toThrow(
    expect.objectContaining({ code: 'FP_UNKNOWN_LOADER', hint: expect.stringContaining("'shout'") }),
  );
  expect(givenTo(wrong)).toThrow(
    expect.objectContaining({ code: 'FP_UNKNOWN_LOADER', hint: expect.stringContaining('pluginResources') }),
  );
});

test('they can be awaited, shown and written as JSON like any object', async () => {
  expect(await Promise.resolve(from)).toBe(from);
  expect(JSON.stringify(to)).toBe('{}');
  expect(Object.keys(from)).toContain('csv');
});
