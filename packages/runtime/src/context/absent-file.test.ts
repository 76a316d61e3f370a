import { createMemoryFileSystem } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { defineLoader } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

const nodes = { size: ({ orders }: { orders: unknown }) => String(orders).length };
const place = { file: 'conf/pipelines/etl.yml', line: 4, column: 13 };

async function failureOf(load: object, files: Record<string, string> = {}, maxRetries = 0) {
  const { runner } = await setUp({ files });
  const definition = {
    ...pipeline(nodes, { load: { orders: load as never }, run: { retry: { maxRetries } } }),
    placeOf: (keys: readonly string[]) => (keys.join('.') === 'io.load.orders' ? place : undefined),
  };
  const error = await errorOf(() => runner.run(definition));
  await runner.close();
  return error;
}

test.each(['csv', 'json', 'text', 'bytes', 'yaml', 'jsonl'])(
  'a file that is not there is said in the words of the configuration: %s',
  async (type) => {
    const error = await failureOf({ type, path: 'data/order.csv' }, { 'data/orders.csv': '' }, 3);
    expect(error).toMatchObject({
      code: 'FP_NODE_FAILED',
      message: "The node 'orders.loader' failed: io.load.orders: data/order.csv does not exist.",
      hint: "Did you mean 'orders.csv'?",
      places: [place],
      cause: { code: 'FP_FS_NOT_FOUND', retryable: false },
    });
    expect((error.cause as Error).cause).toBeUndefined();
  },
);

test('without a file of nearly that name there is no suggestion', async () => {
  const error = await failureOf({ type: 'text', path: 'data/order.csv' });
  expect(error).toMatchObject({ hint: 'Check the path; names are case-sensitive.' });
});

test('every other failure of a loader stays what it is, with the line of its entry', async () => {
  const error = await failureOf({ type: 'json', path: 'a.json' }, { 'a.json': '{' });
  expect(error).toMatchObject({ places: [place], cause: { code: 'FP_IO_PARSE' } });
});

test('a folder that cannot be listed changes nothing but the suggestion', async () => {
  const { fs } = withFaults(createMemoryFileSystem(), [{ call: 2, fail: 'Unavailable' }]);
  const { runner } = await setUp({ fs });
  const error = await errorOf(() =>
    runner.run(pipeline(nodes, { load: { orders: { type: 'text', path: 'data/a.csv' } } })),
  );
  await runner.close();
  expect(error.message).toContain('data/a.csv');
});

test.each(['data/*.txt', 'data/'])(
  'a format of one file that is given %s says that it takes one',
  async (path) => {
    const oneFile = defineLoader({
      type: 'pipes',
      options: v.strictObject({ path: v.string() }),
      async load(options, { resolve }) {
        const { fs, path: at } = resolve(options.path);
        const content = await fs.read(at);
        return { value: content, metadata: { uri: fs.uri(at), format: 'pipes', bytes: content.byteLength } };
      },
    });
    const { runner } = await setUp({
      files: { 'data/a.txt': 'a', 'data/b.txt': 'b' },
      plugins: [definePlugin({ name: 'pipes', apiVersion: 1, loaders: { pipes: oneFile } })],
    });
    const error = await errorOf(() =>
      runner.run(pipeline(nodes, { load: { orders: { type: 'pipes', path } } })),
    );
    await runner.close();
    expect(error.message).toContain(
      `io.load.orders: ${path} is no file, and pipes takes one file: no folder and no pattern.`,
    );
    expect(error).toMatchObject({ hint: expect.stringMatching(/^Name one file/) });
  },
);

test('a bucket that is missing is said, not the file in it', async () => {
  const { fs } = withFaults(createMemoryFileSystem(), [
    { call: 1, fail: 'NotFound' },
    { call: 2, fail: 'NotFound' },
  ]);
  const { runner } = await setUp({ fs });
  const error = await errorOf(() =>
    runner.run(pipeline(nodes, { load: { orders: { type: 'text', path: 'data/a.csv' } } })),
  );
  await runner.close();
  expect(error.message).toContain("io.load.orders: data/a.csv does not exist: list 'data' failed");
});
