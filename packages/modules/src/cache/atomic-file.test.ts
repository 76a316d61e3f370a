import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { writeAtomically } from './atomic-file.js';

test('writes and replaces, and leaves equal content alone', () => {
  const { path } = tempProject({ 'dir/file': 'old' });
  writeAtomically(path('dir/file'), 'new');
  expect(readFileSync(path('dir/file'), 'utf8')).toBe('new');
  const { ino } = statSync(path('dir/file'));
  writeAtomically(path('dir/file'), 'new');
  expect(statSync(path('dir/file')).ino).toBe(ino);
  expect(readdirSync(path('dir'))).toEqual(['file']);
});

test('leaves nothing behind when writing fails and when renaming fails', () => {
  const { path } = tempProject({});
  mkdirSync(path('dir/file/full'), { recursive: true });
  expect(() => writeAtomically(path('gone/file'), 'new')).toThrow('ENOENT');
  expect(() => writeAtomically(path('dir/file'), 'new')).toThrow();
  expect(readdirSync(path('dir'))).toEqual(['file']);
});
