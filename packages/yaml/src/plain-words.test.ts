import { expect, test } from 'vitest';
import { loadYamlLibrary, readYaml } from './index.js';

const limits = { depth: 20 };

test.each([
  [
    'run:\n  finalVars: [report\n  inputs:\n    a: 1\n',
    'the list that begins with [ here has no ], or goes on with less indentation.',
    18,
  ],
  [
    'a: {b: [1], c: {d: 1}\ne: 2\n',
    'the map that begins with { here has no }, or goes on with less indentation.',
    3,
  ],
  ['a: [1, 2', 'the list that begins with [ here has no ], or goes on with less indentation.', 3],
  [
    'a: b: c\n',
    "a value goes on as a map here: indent its keys below it, or quote a text that holds ': '.",
    3,
  ],
  [
    'a: 1\n  b: 2\n',
    "a value goes on as a map here: indent its keys below it, or quote a text that holds ': '.",
    3,
  ],
  ['a:\n  b: 1\n c: 2\n', 'keys of one map must begin in the same column.', 10],
  ['a: "x\n', 'a text that begins with " is not closed.', 6],
  ['a: @x\n', 'a text that begins with @ must be quoted.', 3],
  ['a: %x\n', 'a text that begins with % must be quoted.', 3],
  ['a:\n\tb: 1\n', 'indent with spaces, not with tabs.', 3],
  ['a: 1\nfoo\nb: 2\n', "a key must be followed by ': ' on its line.", 5],
  ['a: { b: ${X} }\n', 'something follows where the value has ended.', 9],
  ['a: ]\n', "']' closes nothing.", 3],
  ['a: "\\q"', 'Invalid escape sequence \\q.', 4],
])('%j', async (text, message, offset) => {
  const { faults } = readYaml(await loadYamlLibrary(), text, limits);
  expect(faults[0]).toEqual({ kind: 'syntax', message, offset });
  const lines = faults.map((fault) => text.slice(0, fault.offset).split('\n').length);
  expect(new Set(lines).size).toBe(faults.length);
});
