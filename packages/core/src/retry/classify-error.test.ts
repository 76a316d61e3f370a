import { expect, test } from 'vitest';
import { isRetryable, retryAfterOf } from './classify-error.js';
import { FatalError, RetryableError } from './retry-errors.js';

class HttpError extends Error {
  override readonly name = 'HttpError';
}
class TooManyRequests extends HttpError {}

const withCode = (code: string, message = 'broken') => Object.assign(new Error(message), { code });
/** As errors of filesystems and services say it. */
const telling = (retryable: boolean) => Object.assign(withCode('FP_X'), { retryable });

test.each([
  ['an ordinary error', new Error('x'), true],
  ['a thrown text', 'x', true],
  ['a thrown undefined', undefined, true],
  ['TypeError', new TypeError('x is not a function'), false],
  ['ReferenceError', new ReferenceError('x'), false],
  ['SyntaxError', new SyntaxError('x'), false],
  ['RangeError', new RangeError('x'), false],
  ['what fetch throws', new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }), true],
  ['a TypeError that a reset caused', new TypeError('odd', { cause: withCode('UND_ERR_SOCKET') }), true],
  ['a RangeError that a reset caused', new RangeError('odd', { cause: withCode('ECONNRESET') }), false],
  ['an abort', new DOMException('stop', 'AbortError'), false],
  ['a timeout of a signal', new DOMException('late', 'TimeoutError'), true],
  ['an error that says no', telling(false), false],
  ['an error that says yes', telling(true), true],
  ['a programming error that says yes', Object.assign(new TypeError('x'), { retryable: true }), true],
  ['an error around one that says no', new Error('no rows', { cause: telling(false) }), false],
])('without names: %s', (_, error, expected) => {
  expect(isRetryable(error, [])).toBe(expected);
  expect(isRetryable(error, ['Exception'])).toBe(expected);
});

test('a name matches error.name, a class of the chain, a code, also of a cause', () => {
  expect(isRetryable(new HttpError('x'), ['HttpError'])).toBe(true);
  expect(isRetryable(new TooManyRequests('x'), ['TooManyRequests'])).toBe(true);
  expect(isRetryable(new TooManyRequests('x'), ['HttpError'])).toBe(true);
  expect(isRetryable(new TypeError('x'), ['Error'])).toBe(true);
  expect(isRetryable(withCode('ECONNRESET'), ['ECONNRESET'])).toBe(true);
  expect(isRetryable(new Error('outer', { cause: withCode('ECONNRESET') }), ['ECONNRESET'])).toBe(true);
  expect(isRetryable(telling(false), ['FP_X'])).toBe(true);
  expect(isRetryable(new DOMException('late', 'TimeoutError'), ['TimeoutError'])).toBe(true);
});

test('with names, anything else is not retried', () => {
  expect(isRetryable(new Error('x'), ['ECONNRESET'])).toBe(false);
  expect(isRetryable('x', ['Error'])).toBe(false);
  expect(isRetryable(new Error('x'), ['ECONNRESET', 'Exception'])).toBe(true);
});

test('the node itself has the last word, the outermost first', () => {
  expect(isRetryable(new FatalError('x'), ['FatalError', 'Error'])).toBe(false);
  expect(isRetryable(new RetryableError('x'), ['ECONNRESET'])).toBe(true);
  expect(isRetryable(new Error('x', { cause: new FatalError('y') }), [])).toBe(false);
  expect(isRetryable(new RetryableError('x', { cause: new FatalError('y') }), [])).toBe(true);
});

test('a chain that bites its tail ends', () => {
  const error = new Error('x');
  error.cause = error;
  expect(isRetryable(error, ['ECONNRESET'])).toBe(false);
});

test('retryAfter is found along the chain', () => {
  expect(retryAfterOf(new Error('x', { cause: new RetryableError('y', { retryAfter: 4 }) }))).toBe(4);
  expect(retryAfterOf(Object.assign(new Error('x'), { retryAfter: 'soon' }))).toBeUndefined();
  expect(retryAfterOf(new Error('x'))).toBeUndefined();
});
