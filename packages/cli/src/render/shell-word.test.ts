import { expect, test } from 'vitest';
import { shellWord } from './shell-word.js';

test.each([
  ['shop', 'shop'],
  ['a/b-c.d', 'a/b-c.d'],
  ['My Shop', '"My Shop"'],
  ["O'Neil & co", `"O'Neil & co"`],
  ['$HOME', "'$HOME'"],
  [`it's $5`, `'it'\\''s $5'`],
])('a folder that is pasted into a shell: %s', (folder, word) => {
  expect(shellWord(folder)).toBe(word);
});
