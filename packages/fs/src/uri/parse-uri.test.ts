import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { parseUri } from './parse-uri.js';

test.each([
  ['data/x.csv', { scheme: 'file', authority: '', path: 'data/x.csv' }],
  ['/data/x.csv', { scheme: 'file', authority: '', path: '/data/x.csv' }],
  ['C:\\data\\x.csv', { scheme: 'file', authority: '', path: 'C:\\data\\x.csv' }],
  ['c:/data/x.csv', { scheme: 'file', authority: '', path: 'c:/data/x.csv' }],
  ['odd:name.csv', { scheme: 'file', authority: '', path: 'odd:name.csv' }],
  ['a@b.csv', { scheme: 'file', authority: '', path: 'a@b.csv' }],
  ['file:///data/a%20b.csv', { scheme: 'file', authority: '', path: '/data/a b.csv' }],
  ['s3://bucket/a#b?c=%41+d', { scheme: 's3', authority: 'bucket', path: 'a#b?c=%41+d' }],
  ['S3://Bucket/Key', { scheme: 's3', authority: 'Bucket', path: 'Key' }],
  ['s3://bucket', { scheme: 's3', authority: 'bucket', path: '' }],
  ['s3://bucket/', { scheme: 's3', authority: 'bucket', path: '' }],
  ['s3://bucket/user@home/x', { scheme: 's3', authority: 'bucket', path: 'user@home/x' }],
  ['memory://ns/key', { scheme: 'memory', authority: 'ns', path: 'key' }],
])('%s', (uri, parsed) => {
  // On Windows a file URL without a drive names nothing; the rest holds everywhere.
  if (process.platform === 'win32' && uri.startsWith('file:')) return;
  expect(parseUri(uri)).toEqual(parsed);
});

test('credentials are refused and not repeated', () => {
  for (const uri of ['s3://AKIA123:hunter2@bucket/key', 'sftp://hunter2@host/x']) {
    const error = thrownBy(() => parseUri(uri));
    expect(error).toMatchObject({ code: 'FP_FS_INVALID_PATH', reason: 'InvalidPath' });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(/hunter2|AKIA123/);
  }
});

test('slips are refused instead of becoming local paths', () => {
  expect(() => parseUri('')).toThrow('empty');
  expect(() => parseUri('s3:/bucket/key')).toThrow('one slash');
  for (const slip of ['file:x', 'FILE:/data/x', 'file:\\\\x'])
    expect(() => parseUri(slip)).toThrow('not a file: URI');
  for (const dropped of ['file:///a?b', 'FILE:///a#b', 'file:///a\tb', 'file:///a '])
    expect(() => parseUri(dropped)).toThrow('not a part of a path');
  expect(() => parseUri('file://elsewhere/x')).toThrow('does not name a file of this machine');
});

function thrownBy(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
