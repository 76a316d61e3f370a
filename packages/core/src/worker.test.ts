/** The built package in a worker thread: one file, no Node import, no dependency. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
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

test('imports nothing', () => {
  const imports = /^\s*import[\s{*"']|^[^`]*\bfrom\s+["'][^"']+["'];?\s*$|\bimport\(|\brequire\(/m;
  expect("import { a } from 'b';").toMatch(imports);
  expect('export * from "b";').toMatch(imports);
  expect(readFileSync(built, 'utf8')).not.toMatch(imports);
});
