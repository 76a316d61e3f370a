import { createRetryPolicy } from '@flowerpower/core';
import { FileSystemError } from '@flowerpower/fs';
import { expect, test } from 'vitest';

const fsError = (reason: 'NotFound' | 'Throttled') =>
  new FileSystemError({ reason, op: 'read', uri: 'memory:///x', backend: 'memory', message: reason });
const isRetryable = (error: unknown, retryExceptions: readonly string[]) =>
  createRetryPolicy({ maxRetries: 1, retryDelay: 0, jitterFactor: 0, retryExceptions }).shouldRetry(error);

test('filesystems say themselves what is worth a retry', () => {
  expect(isRetryable(fsError('Throttled'), [])).toBe(true);
  expect(isRetryable(fsError('NotFound'), [])).toBe(false);
  expect(isRetryable(new Error('no rows', { cause: fsError('NotFound') }), [])).toBe(false);
});

test('unless they are named', () => {
  expect(isRetryable(fsError('NotFound'), ['FP_FS_NOT_FOUND'])).toBe(true);
  expect(isRetryable(fsError('NotFound'), ['FileSystemError'])).toBe(true);
});
