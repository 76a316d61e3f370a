import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFileSystem } from '@flowerpower/fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScript } from '../__fixtures__/built-script.js';

/** CI asks for 200. */
const kills = Number(process.env['FLOWERPOWER_KILLS'] ?? 40);
const lanes = 2;
/** About what two runs make. */
const calls = 120;

let victim: Awaited<ReturnType<typeof buildScript>>;
let root: string;
beforeAll(async () => {
  victim = await buildScript(new URL('__fixtures__/victim.ts', import.meta.url));
  root = mkdtempSync(join(tmpdir(), 'flowerpower-killed-'));
});
afterAll(() => {
  victim.remove();
  rmSync(root, { recursive: true });
});

function start(...args: readonly (string | number)[]) {
  const child = spawn(process.execPath, [victim.file, ...args.map(String)], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = once(child, 'close').then(([code, signal]): object => ({ code, signal, stderr }));
  return { child, ended };
}

/** Every output is one version from its first byte to its last. */
function expectWhole(folder: string, name: string): void {
  const read = (path: string) => readFileSync(join(folder, 'out', path), 'utf8');
  for (const size of ['small', 'large']) {
    const { version, rows } = JSON.parse(read(`${name}-${size}.json`)) as { version: number; rows: number[] };
    expect(rows).toHaveLength(size === 'small' ? 1 : 5_000);
    expect(rows.every((row) => row === version)).toBe(true);
  }
  const [, ...table] = read(`tables/${name}.csv`).trimEnd().split('\n');
  expect(table).toEqual(table.map((_, row) => `${table[0]!.split(',')[0]},${row}`));
  expect(table).toHaveLength(200);
  const lines = read(`${name}.txt`).trimEnd().split('\n');
  expect(lines).toEqual(new Array(500).fill(lines[0]));
}

test(`after each of ${kills} kills outputs are the old or the new ones, and the next run leaves no litter`, async () => {
  const seed = Number(process.env['FLOWERPOWER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  let litter = 0;
  const lane = async (number: number) => {
    const folder = join(root, String(number));
    // A process that lives on writes into the same folders; nobody may take its files away.
    const living = start(folder, 1_000_000, 0, 'living');
    const { random } = mulberry(seed + number);
    for (let kill = 0; kill < kills / lanes; kill++) {
      const dieAt = 1 + Math.floor(random() * calls);
      const what = `seed ${seed}, lane ${number}, kill ${kill} at call ${dieAt}`;
      living.child.stdin.write('\n');
      const end = await start(folder, kill * 1000, dieAt, 'killed').ended;
      expect(end, what).toEqual({ code: null, signal: 'SIGKILL', stderr: '' });
      expectWhole(folder, 'killed');
      for await (const { writer } of createLocalFileSystem({ root: folder }).listUnfinished('', {
        recursive: true,
      })) {
        if (writer === 'dead') litter++;
      }
    }
    living.child.stdin.end();
    expect(await living.ended).toEqual({ code: 0, signal: null, stderr: '' });
    expectWhole(folder, 'living');
    const last = start(folder, kills * 1000, 0, 'killed');
    last.child.stdin.end();
    expect(await last.ended).toEqual({ code: 0, signal: null, stderr: '' });
    expectWhole(folder, 'killed');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  // Otherwise this test shows nothing.
  expect(litter).toBeGreaterThan(kills / 10);
}, 600_000);

/** A small seeded source of numbers from [0, 1). */
function mulberry(seed: number): { random: () => number } {
  let state = seed;
  return {
    random() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
