import { FlowerPowerError } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { errorDocument, renderError, renderWarning } from './error.js';

const look = { cwd: '/shop', paint: (_style: unknown, text: string) => text };
const places = [{ file: '/shop/conf/a.yml', line: 3, column: 4 }];

test('the place of a warning is said once, also where the message begins with it', () => {
  const code = 'FP_CHECK_NO_FILE';
  expect(renderWarning({ code, message: 'no file', places }, look)).toEqual([
    'warning no file (conf/a.yml:3:4)',
  ]);
  expect(renderWarning({ code, message: 'conf/a.yml:3:4: no file', places }, look)).toEqual([
    'warning conf/a.yml:3:4: no file',
  ]);
});

test('the code of what failed a node stood in documents only', () => {
  const failed = (cause: unknown) =>
    new FlowerPowerError({
      code: 'FP_NODE_FAILED',
      message: "The node 'a' failed: out.csv is there.",
      cause,
    });
  const cause = new FlowerPowerError({ code: 'FP_IO_EXISTS', message: 'out.csv is there.' });
  expect(renderError(failed(cause), look)).toEqual([
    "error FP_NODE_FAILED (FP_IO_EXISTS) The node 'a' failed: out.csv is there.",
  ]);
  expect(errorDocument(failed(cause), 1, '/shop')).toMatchObject({ error: { code: 'FP_NODE_FAILED' } });
  const others = [new Error('out.csv is there.'), 'out.csv is there.', undefined];
  for (const other of others)
    expect(renderError(failed(other), look)[0]).toBe(
      "error FP_NODE_FAILED The node 'a' failed: out.csv is there.",
    );
});
