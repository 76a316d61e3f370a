import { createDriver, type NodeContext } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { expect, expectTypeOf, test } from 'vitest';
import { fileResources } from './file-resources.js';
import { fileSystemOf } from './file-system-of.js';

const textOf = (name: string) => ({
  text: async ({ path }: { path: string }, context: NodeContext) =>
    fileSystemOf(context, name).readText(path),
});

async function memoryWith(text: string): Promise<FileSystem> {
  const fs = createMemoryFileSystem();
  await fs.write('x', text);
  return fs;
}

test('a driver made in code gives its filesystems by name, and its own as project', async () => {
  const [own, lake] = [await memoryWith('own'), await memoryWith('lake')];
  const resources = fileResources({ fileSystem: own, fileSystems: { lake, far: () => lake } });
  for (const [name, text] of [
    ['project', 'own'],
    ['lake', 'lake'],
    ['far', 'lake'],
  ] as const) {
    const driver = createDriver({ modules: [textOf(name)], resources });
    expect(await driver.execute(['text'], { inputs: { path: 'x' } })).toEqual({ text });
  }
});

test('one that a function makes is made when a node asks, not before', async () => {
  let asked = 0;
  const lake = await memoryWith('lake');
  const resources = fileResources({
    fileSystem: createMemoryFileSystem(),
    fileSystems: {
      lake: () => {
        asked++;
        return lake;
      },
    },
  });
  const driver = createDriver({ modules: [textOf('lake')], resources });
  expect(asked).toBe(0);
  await driver.execute(['text'], { inputs: { path: 'x' } });
  expect(asked).toBe(1);
});

test('a node does not close what belongs to all', async () => {
  const { fs, calls } = withFaults(createMemoryFileSystem());
  const m = { closed: async (ctx: NodeContext) => fileSystemOf(ctx, 'project').close() };
  await createDriver({ modules: [m], resources: fileResources({ fileSystem: fs }) }).execute(['closed']);
  expect(calls).toEqual([]);
});

test('its calls end with the signal of the node', async () => {
  const controller = new AbortController();
  const { fs } = withFaults(createMemoryFileSystem(), [
    { call: 1, delay: () => (controller.abort(), new Promise(() => {})) },
  ]);
  const driver = createDriver({ modules: [textOf('project')], resources: fileResources({ fileSystem: fs }) });
  const run = driver.execute(['text'], { inputs: { path: 'x' }, signal: controller.signal });
  await expect(run).rejects.toThrow();
});

test.each([
  [
    'an unknown name',
    { fileSystem: createMemoryFileSystem() },
    'FP_UNKNOWN_FILE_SYSTEM',
    'Filesystems: project.',
  ],
  [
    'no filesystem at all',
    { resolve: (path: string) => ({ fs: createMemoryFileSystem(), path }) },
    'FP_UNKNOWN_FILE_SYSTEM',
    'Filesystems: none.',
  ],
])('%s is refused with what there is', async (_name, where, code, hint) => {
  const driver = createDriver({ modules: [textOf('constructor')], resources: fileResources(where) });
  await expect(driver.execute(['text'], { inputs: { path: 'x' } })).rejects.toMatchObject({
    cause: { code, hint: expect.stringContaining(hint) },
  });
});

test('a driver without resources says what it needs, and so do filesystems that are none', async () => {
  const driver = createDriver({ modules: [textOf('lake')] });
  await expect(driver.execute(['text'], { inputs: { path: 'x' } })).rejects.toMatchObject({
    cause: { code: 'FP_IO_NO_FILES' },
  });
  const fileSystems = { lake: 's3://bucket' } as never;
  expect(() => fileResources({ fileSystem: createMemoryFileSystem(), fileSystems })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_OPTION', message: expect.stringContaining('fileSystems') }),
  );
});

test('types: a node needs no cast', () => {
  expectTypeOf(fileSystemOf).toBeCallableWith({} as NodeContext, 'lake');
  expectTypeOf(fileSystemOf).returns.toEqualTypeOf<FileSystem>();
  // @ts-expect-error -- the context is what has the filesystems, not the name alone.
  expect(() => fileSystemOf('lake')).toThrow();
});
