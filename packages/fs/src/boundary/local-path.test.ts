import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFileSystemError } from '../errors/file-system-error.js';
import { localPath } from './local-path.js';

const refused = { code: 'FP_FS_INVALID_PATH' };

describe.skipIf(process.platform === 'win32')('outside of Windows', () => {
  test.each([
    ['data/x.csv', '/base/data/x.csv'],
    ['./x', '/base/./x'],
    ['../x', '/base/../x'],
    ['/other/x', '/other/x'],
    ['//other//x', '//other//x'],
    ['%2e%2e/x', '/base/%2e%2e/x'],
    ['odd:name', '/base/odd:name'],
    ['./c:x', '/base/./c:x'],
    ['~draft.csv', '/base/~draft.csv'],
    ['file:///other/a%20b', '/other/a b'],
    ['FILE:///other/%2e%2e/x', '/x'],
    ['File://LOCALHOST/other/x', '/other/x'],
    ['file:////other/x', '//other/x'],
  ])('%s', (text, path) => {
    expect(localPath(text, '/base', false)).toBe(path);
  });

  test.each([
    ['', 'empty'],
    ['a\\..\\x', 'it holds'],
    ['\\\\server\\share\\x', 'it holds'],
    ['C:\\x', 'it holds'],
    ['C:/x', 'drive'],
    ['c:x', 'drive'],
    ['~', 'home folder'],
    ['~/x', 'home folder'],
    ['~ada/x', 'home folder'],
    ['a\0b', 'NUL'],
    ['a\nb', 'line break'],
    ['a//b', 'empty segment'],
    ['a'.repeat(5000), '4096'],
    ['s3://bucket/x', 's3'],
    ['file:x', 'not a file: URI'],
    ['file:/x', 'not a file: URI'],
    ['FILE:..\\x', 'not a file: URI'],
    ['file://server/x', 'does not name a file'],
    ['file:///a%00b', 'NUL'],
    ['file:///a%2Fb', 'does not name a file'],
    ['file:///a%5C..%5Cb', 'it holds'],
    ['file:///a?b', 'not a part of a path'],
    ['file:///a#b', 'not a part of a path'],
    ['file:///a\n/b', 'not a part of a path'],
    ['file:///a ', 'not a part of a path'],
  ])('%j is refused', (text, word) => {
    expect(() => localPath(text, '/base', false)).toThrow(
      expect.objectContaining({ ...refused, message: expect.stringContaining(word) }) as Error,
    );
  });
});

test.each([
  ['data\\x.csv', 'C:\\base\\data\\x.csv'],
  ['data/x.csv', 'C:\\base\\data/x.csv'],
  ['a\\..\\x', 'C:\\base\\a\\..\\x'],
  ['D:\\other\\x', 'D:\\other\\x'],
  ['d:/other/x', 'd:/other/x'],
  ['\\\\server\\share\\x', '\\\\server\\share\\x'],
  ['//server/share/x', '//server/share/x'],
])('on Windows, %s', (text, path) => {
  expect(localPath(text, 'C:\\base', true)).toBe(path);
});

test.each([
  ['C:x'],
  ['c:'],
  ['c:..\\x'],
  ['\\\\?\\C:\\x'],
  ['\\\\.\\pipe\\x'],
  ['//?/C:/x'],
  ['~\\x'],
  ['a\\\\b'],
])('on Windows, %s is refused', (text) => {
  expect(() => localPath(text, 'C:\\base', true)).toThrow(expect.objectContaining(refused) as Error);
});

test('whatever the text, it gives an absolute path or says why not, on every system', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    'a',
    '/',
    '\\',
    '//',
    'C:',
    'c:',
    '~',
    'file:',
    'FILE://',
    '%2e',
    '%5c',
    ' ',
    '\0',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (given, windows) => {
      const { isAbsolute, parse } = windows ? win32 : posix;
      let path: string;
      try {
        path = localPath(given, windows ? 'C:\\base' : '/base', windows);
      } catch (error) {
        expect(isFileSystemError(error, 'InvalidPath')).toBe(true);
        return;
      }
      expect(isAbsolute(path)).toBe(true);
      // A share needs no slash at its end; a drive does.
      if (windows) expect(parse(path).root).toMatch(/^[/\\]{2}|[/\\]$/);
      else expect(path).not.toContain('\\');
      expect(path).not.toContain('\0');
    }),
  );
});
