/** The built package in a worker thread: no Node import, no dependency. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const built = new URL('../dist/index.js', import.meta.url);

test('runs in a worker thread', async () => {
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { createDriver } from ${JSON.stringify(built.href)};
    const m = { a: async () => 20, b: () => 1, c: ({ a, b }) => a + b };
    parentPort.postMessage(await createDriver({ modules: [m] }).execute(['c']));
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  const message = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(message).toEqual({ c: 21 });
});

test('imports nothing but its own files', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(built), fileURLToPath(new URL('engine/index.js', built))],
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  expect(outputFiles).toHaveLength(2);
  const files = Object.keys(metafile.inputs);
  expect(files.filter((file) => !/\/?dist\/(engine\/)?(index|chunk-\w+)\.js$/.test(file))).toEqual([]);
});
