import { createDriver, loadFrom, node, saveTo } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers, type TextLoadOptions } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { createRegistry, createRegistryMaterializers, definePlugin } from '@flowerpower/plugin';

declare module '@flowerpower/plugin' {
  interface Register {
    'materializers-test': {
      loaders: { shout: { path: string } };
      savers: { shout: { path: string }; whisper: undefined };
    };
  }
}

const shout = definePlugin({
  name: 'materializers-test',
  apiVersion: 1,
  loaders: {
    shout: {
      ...builtinLoaders.text,
      type: 'shout',
      load: async (options, context) => {
        const { value, metadata } = await builtinLoaders.text.load(options as TextLoadOptions, context);
        return { value: value.toUpperCase(), metadata };
      },
    },
  },
  savers: {
    shout: { ...builtinSavers.text, type: 'shout' } as never,
    whisper: { ...builtinSavers.text, type: 'whisper' } as never,
  },
});

test('the formats of plugins, beside those built in', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('a.txt', 'hello');
  const { from, to } = createRegistryMaterializers(createRegistry([shout]), (path) => ({ fs, path }));
  const m = {
    greeting: node(
      ({ text }: { text: string }) => `${text}!`,
      loadFrom({ text: from.shout({ path: 'a.txt' }) }),
      saveTo(to.shout({ path: 'b.txt' })),
      saveTo(to.whisper({ path: 'c.txt', anything: 1 }), { name: 'whispered' }),
      saveTo(to.json({ path: 'd.json' }), { name: 'json' }),
    ),
  };
  const build = () => createDriver({ modules: [m] });
  expect(build).toThrow("whisper has no option 'anything'");
  const { greeting } = m;
  expect(greeting({ text: 'a' })).toBe('a!');
});

test('they load and save', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('a.txt', 'hello');
  const { from, to } = createRegistryMaterializers(createRegistry([shout]), (path) => ({ fs, path }));
  const m = {
    greeting: node(
      ({ text }: { text: string }) => `${text}!`,
      loadFrom({ text: from.shout({ path: 'a.txt' }) }),
      saveTo(to.shout({ path: 'b.txt' })),
    ),
  };
  await createDriver({ modules: [m] }).execute(['save.greeting']);
  expect(await fs.readText('b.txt')).toBe('HELLO!');
});

export function wrongUse() {
  const { from, to } = createRegistryMaterializers(createRegistry([]), (path) => ({
    fs: createMemoryFileSystem(),
    path,
  }));
  return [
    // @ts-expect-error the plugin's options are typed
    from.shout({ path: 3 }),
    // @ts-expect-error nobody has registered it
    to.unheardOf({ path: 'a' }),
    // @ts-expect-error the built-in formats stay as they are
    node(() => 3, saveTo(to.text({ path: 'a' }))),
  ];
}
