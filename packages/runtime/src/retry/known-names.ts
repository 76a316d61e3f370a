import { coreErrors, didYouMean } from '@flowerpower/core';
import { fsErrors } from '@flowerpower/fs';
import { ioErrors } from '@flowerpower/io';
import { exportsOf } from '../config/defined-exports.js';
import { type RuntimeProblem, runtimeErrors } from '../errors/catalogue.js';
import { anyException } from './classify-error.js';
import { systemErrorCodes } from './system-error-codes.js';

const classes = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'DOMException',
  'AbortError',
  'TimeoutError',
  'FlowerPowerError',
  'FileSystemError',
  'RetryableError',
];

/**
 * A problem for each name of `retryExceptions` that nothing known can raise. Known are: JavaScript's error
 * classes, `AbortError` and `TimeoutError`, `FlowerPowerError` and `FileSystemError`, every `FP_…` code that can
 * occur while nodes run, the system, DNS and HTTP client codes of Node, the error classes that the pipeline's
 * modules export, and `Exception` (everything but programming errors).
 */
export function unknownRetryNames(names: readonly string[], modules: readonly object[]): RuntimeProblem[] {
  const known = new Set([
    anyException,
    ...classes,
    ...modules.flatMap(errorClassesOf),
    ...[coreErrors, fsErrors, ioErrors, runtimeErrors].flatMap((catalogue) => Object.keys(catalogue)),
    ...systemErrorCodes(),
  ]);
  return names
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'FP_UNKNOWN_RETRY_EXCEPTION',
      message: `retryExceptions names '${name}', which is no known error.`,
      hint:
        name === 'FatalError' ? 'A FatalError is never retried.' : (didYouMean(name, known) ?? fallbackHint),
    }));
}

const fallbackHint =
  'Name a JavaScript error class, an error class that a module of the pipeline exports, a system code such as ECONNRESET, or an FP_ code.';

function errorClassesOf(module: object): string[] {
  return Object.values(exportsOf(module)).flatMap((value) =>
    typeof value === 'function' && (value.prototype as unknown) instanceof Error ? [value.name] : [],
  );
}
