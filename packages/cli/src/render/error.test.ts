import { expect, test } from 'vitest';
import { renderWarning } from './error.js';

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
