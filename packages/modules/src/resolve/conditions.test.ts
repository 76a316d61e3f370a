import { expect, test } from 'vitest';
import { importConditions } from './conditions.js';

const given = (execArgv: string[], nodeOptions = ''): string[] =>
  [...importConditions(execArgv, nodeOptions)].filter(
    (condition) => !['node', 'import', 'module-sync', 'node-addons'].includes(condition),
  );

test('conditions come from the command line and from NODE_OPTIONS', () => {
  expect(given([])).toEqual([]);
  expect(given(['--conditions=a', '--conditions', 'b', '-C', 'c', '-C=d', '--no-warnings'])).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(given([], ' --conditions=x  -C y ')).toEqual(['x', 'y']);
});
