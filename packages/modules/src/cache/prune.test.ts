import { readdirSync, utimesSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tempName } from '@flowerpower/fs';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { pruneCache } from './prune.js';

const day = 24 * 60 * 60;

test('removes old files from a large cache only', () => {
  const { path, write } = tempProject({});
  const nowMs = Date.now();
  const names = Array.from({ length: 2_000 }, (_, index) => `cache/${index}.mjs`);
  write(Object.fromEntries(names.map((name) => [name, ''])));
  for (const name of names.slice(0, 10))
    utimesSync(path(name), nowMs / 1000 - 31 * day, nowMs / 1000 - 31 * day);
  pruneCache(path('cache'), nowMs);
  expect(readdirSync(path('cache'))).toHaveLength(2_000);
  write({ 'cache/one more.mjs': '', 'cache/folder/old': '' });
  pruneCache(path('cache'), nowMs);
  expect(readdirSync(path('cache'))).toHaveLength(1_992);
  expect(readdirSync(path('cache'))).not.toContain('0.mjs');
});

test('removes what a dead process left unfinished, and nothing of a living one', () => {
  const { path, write } = tempProject({});
  const { pid } = spawnSync(process.execPath, ['--version']);
  const living = tempName('a.mjs');
  const dead = living.replace(`.${process.pid}.`, `.${pid}.`);
  write({ 'cache/a.mjs': '', [`cache/${living}`]: 'half', [`cache/${dead}`]: 'half', 'cache/notes.tmp': '' });
  pruneCache(path('cache'), Date.now());
  expect(readdirSync(path('cache')).sort()).toEqual([living, 'a.mjs', 'notes.tmp'].sort());
});
