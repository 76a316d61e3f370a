import { expect, test } from 'vitest';
import { isPackageName } from './package-name.js';

test('packages are told from locations', () => {
  for (const name of ['plugin', '@scope/plugin', 'plugin/sub/path.js', '@scope/plugin/sub', 'a.b-c_d']) {
    expect(isPackageName(name), name).toBe(true);
  }
  for (const location of [
    './plugins/x.js',
    '../x',
    '.',
    '..',
    '/x',
    '//x',
    'file:///x',
    'FILE:///x',
    'node:fs',
    'C:\\x',
    'C:/x',
    'a\\..\\x',
    '~/x',
    '~',
    '@scope',
    '@scope/..',
    'plugin/../../x',
    'plugin/./x',
    'plugin//x',
    'plugin/%2e%2e/x',
    '#internal',
    'a b',
    '',
  ]) {
    expect(isPackageName(location), location).toBe(false);
  }
});
