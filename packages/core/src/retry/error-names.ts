/** The names of errors that `retryExceptions` may hold. */
import { coreErrors } from '../errors/catalogue.js';
import { didYouMean } from '../errors/suggest.js';
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
  'DataValidationError',
  'RetryableError',
];

/**
 * The names that are known whatever the pipeline: JavaScript's error classes, `AbortError` and `TimeoutError`,
 * the classes and `FP_…` codes of this package, the system, DNS and HTTP client codes of Node, and `Exception`
 * (everything but programming errors).
 */
export function knownErrorNames(): ReadonlySet<string> {
  return new Set([anyException, ...classes, ...Object.keys(coreErrors), ...systemErrorCodes()]);
}

/** A sentence that says what to write instead of a name that is not known, where one can be said. */
export function hintForErrorName(name: string, known: Iterable<string>): string | undefined {
  return name === 'FatalError' ? 'A FatalError is never retried.' : didYouMean(name, known);
}
