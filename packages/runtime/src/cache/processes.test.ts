/** Several processes with one cache (claim C23), and what is left of those that are killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFileSystem } from '@flowerpower/fs';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildScript } from '../__fixtures__/built-script.js';
import { fileCacheStore } from './file-cache-store.js';

let script: Awaited<ReturnType<typeof buildScript>>;
let root: string;

beforeAll(async () => {
  script = await buildScript(new URL('./__fixtures__/compute-together.ts', import.meta.url));
});
afterAll(() => script.remove());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-processes-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

const start = (count: number, mode: 'run' | 'hang') =>
  spawn(process.execPath, [script.file, root, String(count), mode], { stdio: ['ignore', 'pipe', 'inherit'] });

async function run(count: number): Promise<string> {
  const child = start(count, 'run');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  return output.trim();
}

const computed = () => readFileSync(join(root, 'computed.log'), 'utf8').trim().split('\n').sort();
const store = () => fileCacheStore({ fs: createLocalFileSystem({ root }), dir: 'cache' });

test('of three processes that run 49 nodes each, 49 nodes are computed', async () => {
  expect(await Promise.all([run(49), run(49), run(49)])).toEqual(['49', '49', '49']);
  expect(computed()).toEqual(Array.from({ length: 49 }, (_, index) => `n${index}`).sort());
  expect(readdirSync(join(root, 'cache', 'locks'))).toEqual([]);
});

test('the lock of a killed process is named, and taken by whoever needs the key', async () => {
  const child = start(1, 'hang');
  await once(child.stdout, 'data');
  expect(await store().size()).toMatchObject({ entries: 0, abandonedFiles: 0 });
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await store().size()).toMatchObject({ entries: 0, abandonedFiles: 1 });
  expect(await run(1)).toBe('1');
  expect(computed()).toEqual(['n0', 'n0']);
  expect(await store().size()).toMatchObject({ entries: 1, abandonedFiles: 0 });
});

test('pruning removes the lock of a killed process, and not that of one that lives', async () => {
  const kill = async (child: ReturnType<typeof start>) => {
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  const living = start(1, 'hang');
  await once(living.stdout, 'data');
  // It computes its second node, and waits for the first.
  const dead = start(2, 'hang');
  await once(dead.stdout, 'data');
  await kill(dead);
  expect(readdirSync(join(root, 'cache', 'locks'))).toHaveLength(2);
  expect(await store().prune()).toMatchObject({ abandonedFiles: 1 });
  expect(readdirSync(join(root, 'cache', 'locks'))).toHaveLength(1);
  await kill(living);
  await store().prune();
  expect(readdirSync(join(root, 'cache'))).not.toContain('locks');
});
