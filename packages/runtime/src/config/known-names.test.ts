import { defineModule } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { unknownRetryNames } from './known-names.js';

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
  expect(unknownRetryNames(names, [plain])).toEqual([]);
  expect(unknownRetryNames(names, [defineModule({ name: 'm', exports: plain })])).toEqual([]);
});

test('anything else is a problem, with a hint', () => {
  const found = unknownRetryNames(['RateLimted', 'ECONRESET', 'ValueError', 'spend', 'FatalError'], [plain]);
  expect(found.map(({ code, hint }) => [code, hint])).toEqual([
    ['FP_UNKNOWN_RETRY_EXCEPTION', "Did you mean 'RateLimited'?"],
    ['FP_UNKNOWN_RETRY_EXCEPTION', expect.stringContaining("'ECONNRESET'")],
    ['FP_UNKNOWN_RETRY_EXCEPTION', expect.any(String)],
    ['FP_UNKNOWN_RETRY_EXCEPTION', expect.stringContaining('Name a JavaScript error class')],
    ['FP_UNKNOWN_RETRY_EXCEPTION', 'A FatalError is never retried.'],
  ]);
});
