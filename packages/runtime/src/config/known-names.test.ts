import { createRetryPolicy, defineModule } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { readRetryNames } from './known-names.js';

class RateLimited extends Error {}
const plain = { RateLimited, spend: () => 1 };

test('known are JavaScript classes, system, DNS and HTTP client codes, FP_ codes and the classes of the modules', () => {
  const names = [
    'Error',
    'TypeError',
    'TimeoutError',
    'AggregateError',
    'RetryableError',
    'FileSystemError',
    'DataValidationError',
    'FP_NODE_TIMEOUT',
    'Exception',
    'ECONNRESET',
    'EAI_AGAIN',
    'ENOTFOUND',
    'UND_ERR_SOCKET',
    'FP_FS_THROTTLED',
    'RateLimited',
  ];
  expect(readRetryNames(names, [plain]).problems).toEqual([]);
  expect(readRetryNames(names, [defineModule({ name: 'm', exports: plain })]).problems).toEqual([]);
});

test('anything else is a problem, with a hint', () => {
  const found = readRetryNames(['RateLimted', 'ECONRESET', 'spend', 'FatalError'], [plain]);
  expect(found.problems.map(({ code, hint }) => [code, hint])).toEqual([
    ['FP_UNKNOWN_RETRY_EXCEPTION', "Did you mean 'RateLimited'?"],
    ['FP_UNKNOWN_RETRY_EXCEPTION', expect.stringContaining("'ECONNRESET'")],
    ['FP_UNKNOWN_RETRY_EXCEPTION', expect.stringContaining('Name a JavaScript error class')],
    ['FP_UNKNOWN_RETRY_EXCEPTION', 'A FatalError is never retried.'],
  ]);
});

test('exceptions of Python are understood where an error says the same, and warned about where none does', () => {
  const read = readRetryNames(
    ['OSError', 'FileNotFoundError', 'ValueError', 'requests.exceptions.Timeout'],
    [],
  );
  expect(read.problems).toEqual([]);
  expect(read.names).toEqual(
    expect.arrayContaining(['FileSystemError', 'ECONNRESET', 'ENOENT', 'FP_FS_NOT_FOUND']),
  );
  expect(read.warnings).toEqual([
    expect.stringContaining("'ValueError'"),
    expect.stringContaining("'requests.exceptions.Timeout'"),
  ]);
});

test('a name without counterpart never widens what is retried', () => {
  const { names } = readRetryNames(['ValueError'], []);
  const manager = createRetryPolicy({
    maxRetries: 1,
    retryDelay: 0,
    jitterFactor: 0,
    retryExceptions: names,
  });
  expect(manager.shouldRetry(new Error('no'))).toBe(false);
  expect(manager.shouldRetry(Object.assign(new Error('mine'), { name: 'ValueError' }))).toBe(true);
});

test.each([
  ['OSError', 'EIO'],
  ['ConnectionError', 'ECONNRESET'],
  ['FileNotFoundError', 'ENOENT'],
  ['TimeoutError', 'ETIMEDOUT'],
])('%s retries %s', (name, code) => {
  const { names } = readRetryNames([name], []);
  const manager = createRetryPolicy({
    maxRetries: 1,
    retryDelay: 0,
    jitterFactor: 0,
    retryExceptions: names,
  });
  expect(manager.shouldRetry(Object.assign(new Error('system'), { code }))).toBe(true);
  expect(manager.shouldRetry(Object.assign(new Error('other'), { code: 'ENOSPC' }))).toBe(name === 'OSError');
});
