/** Folders that are saved as one, when processes are killed in the middle and when several save at once. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFileSystem } from '@flowerpower/fs';
import { builtinLoaders, parseOptions, type Row } from '@flowerpower/io';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScript } from '../__fixtures__/built-script.js';

/** CI asks for 200. Here are fewer, for each is followed by reading all that was saved. */
const kills = Math.ceil(Number(process.env['FLOWERPOWER_KILLS'] ?? 100) / 10);

let victim: Awaited<ReturnType<typeof buildScript>>;
let base: string;
beforeAll(async () => {
  victim = await buildScript(new URL('__fixtures__/folder-victim.ts', import.meta.url));
  base = mkdtempSync(join(tmpdir(), 'flowerpower-killed-folders-'));
});
afterAll(() => {
  victim.remove();
  rmSync(base, { recursive: true });
});

interface End {
  readonly saved: number[];
  readonly signal: string | null;
  readonly stderr: string;
}

function run(...args: readonly (string | number)[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, [victim.file, ...args.map(String)], (error, stdout, stderr) =>
      resolve({
        saved: stdout.split('\n').filter(Boolean).map(Number),
        signal: error?.signal ?? null,
        stderr,
      }),
    );
  });
}

/** The versions that are there, each of which must be whole. */
async function versionsIn(root: string): Promise<number[]> {
  const fs = createLocalFileSystem({ root });
  const { csv } = builtinLoaders;
  const { value } = await csv.load(parseOptions(csv, { path: 'out/' }), {
    resolve: (path) => ({ fs, path }),
  });
  const seen = new Map<number, number[]>();
  for (const { version, n, k } of value as Row[]) {
    expect(k).toBe((n as number) % 20);
    seen.set(version as number, [...(seen.get(version as number) ?? []), n as number]);
  }
  const whole = Array.from({ length: 40 }, (_, n) => n);
  for (const rows of seen.values()) expect(rows.sort((a, b) => a - b)).toEqual(whole);
  return [...seen.keys()].sort((a, b) => a - b);
}

/** Files that are no data. */
function litter(root: string): string[] {
  const names = readdirSync(join(root, 'out'), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && !/^part-.*\.csv$/.test(entry.name))
    .map(({ name }) => name);
}

function partsIn(root: string): string[] {
  const names = readdirSync(join(root, 'out'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.csv'));
}

test.each(['overwrite', 'append'])(
  'after each kill there are whole saves, the next one removes what was left: %s',
  async (mode) => {
    const root = mkdtempSync(join(base, 'lane-'));
    let left = 0;
    let expected: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const dieAt = 1 + ((kill * 37) % 230);
      const end = await run(root, kill * 1000, mode, 1, dieAt);
      expect(end, `kill ${kill} at call ${dieAt}`).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      const found = await versionsIn(root);
      const last = end.saved.at(-1)!;
      // What was told is there; of what was not told yet, the last may be.
      expected = mode === 'append' ? [...expected, ...end.saved] : [last];
      if (found.length !== expected.length || !found.includes(last)) {
        expected = mode === 'append' ? [...expected, last + 1] : [last + 1];
      }
      expect(found).toEqual(expected);
      const files = litter(root);
      if (files.length > 1) left++;
    }
    await run(root, 1_000_000, mode, 1, 0);
    expected = mode === 'append' ? [...expected, 1_000_000] : [1_000_000];
    expect(await versionsIn(root)).toEqual(expected);
    expect(litter(root)).toEqual(['_manifest.json']);
    expect(partsIn(root)).toHaveLength(expected.length * 20);
    // Otherwise this test shows nothing.
    expect(left).toBeGreaterThan(kills / 4);
  },
  600_000,
);

test('processes that append at once lose nothing', async () => {
  const root = mkdtempSync(join(base, 'append-'));
  const ends = await Promise.all([0, 1, 2].map((number) => run(root, number * 100, 'append', 8, 0)));
  for (const end of ends) expect(end).toMatchObject({ signal: null, stderr: '' });
  const saved = ends.flatMap((end) => end.saved).sort((a, b) => a - b);
  expect(saved).toHaveLength(24);
  expect(await versionsIn(root)).toEqual(saved);
  expect(litter(root)).toEqual(['_manifest.json']);
}, 120_000);

test('of processes that overwrite at once each save is whole, or says that another was first', async () => {
  const root = mkdtempSync(join(base, 'overwrite-'));
  const ends = await Promise.all([0, 1, 2].map((number) => run(root, number * 100, 'overwrite', 8, 0)));
  for (const end of ends) expect(end).toMatchObject({ signal: null, stderr: '' });
  const saved = ends.flatMap((end) => end.saved);
  const found = await versionsIn(root);
  expect(found).toHaveLength(1);
  expect(saved).toContain(found[0]);
  expect(litter(root)).toEqual(['_manifest.json']);
  expect(partsIn(root)).toHaveLength(20);
}, 120_000);
