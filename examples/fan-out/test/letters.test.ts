import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDriver, type RunResult } from 'flowerpower';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as letters from '../pipelines/letters.js';

describe('one letter', () => {
  test('facts', async () => {
    expect(await letters.facts({ file: 'a.txt', words: ['the', 'sun', 'the', 'sunset'] })).toEqual({
      file: 'a.txt',
      words: 4,
      differentWords: 3,
      longestWord: 'sunset',
      readingSeconds: 2,
    });
  });

  test('a blank one is refused', async () => {
    await expect(letters.facts({ file: 'a.txt', words: [] })).rejects.toThrow('nothing in this letter');
  });
});

describe('all letters', () => {
  const files = ['a.txt', 'b.txt', 'c.txt'];
  const words = [['snow'], [], ['snow', 'ice', 'garden']];

  test('what one node gives for each of them is collected, and a failure is a value', async () => {
    const driver = createDriver({ modules: [letters] });
    const { summary, problems, commonWords } = await driver.execute(['summary', 'problems', 'commonWords'], {
      inputs: { files },
      overrides: { words },
    });
    expect(summary.map(({ file }) => file)).toEqual(['c.txt', 'a.txt']);
    expect(problems).toEqual(["The node 'facts' failed for item 1: There is nothing in this letter."]);
    expect(commonWords).toEqual(['snow (2)', 'garden (1)']);
  });
});

describe('the project', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-letters-')));
    for (const folder of ['conf', 'data', 'pipelines', 'package.json']) {
      cpSync(join(import.meta.dirname, '..', folder), join(root, folder), { recursive: true });
    }
    symlinkSync(join(import.meta.dirname, '..', 'node_modules'), join(root, 'node_modules'), 'junction');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Runs the command as `npm start` does, and gives its JSON document. */
  const run = async (): Promise<RunResult> => {
    const command = join(root, 'node_modules/flowerpower/bin.mjs');
    const args = [command, 'pipeline', 'run', 'letters', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    return JSON.parse(stdout) as RunResult;
  };

  test('a second run takes from the cache what has not changed', async () => {
    const first = await run();
    expect(first.nodes['facts']).toMatchObject({ status: 'success', items: 5, failedItems: 1 });
    expect(first.saved['summary']).toMatchObject({ format: 'csv', rows: 4 });
    const again = await run();
    expect(again.outputs).toEqual(first.outputs);
    expect(again.nodes['facts']).toMatchObject({ cachedItems: 4 });

    const garden = join(root, 'data/garden.txt');
    const text = readFileSync(garden, 'utf8');
    writeFileSync(garden, text.replace('green and loud.', 'green, and loud!'));
    expect((await run()).nodes).toMatchObject({
      words: { items: 5, cachedItems: 4 },
      facts: { cachedItems: 4 },
      summary: { cached: true },
    });
    writeFileSync(garden, text.replace('loud', 'very loud'));
    expect((await run()).nodes).toMatchObject({
      facts: { cachedItems: 3 },
      commonWords: { status: 'success' },
    });
  });
});
