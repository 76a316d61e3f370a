import { asPromise } from '../model/as-promise.js';
import { isInstance } from '../errors/is-error.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';

/**
 * The promise is left to itself; its rejection must not end the process.
 *
 * @param isReading - true when the run itself can wait, but not whoever reads the items one by one.
 */
export function refusePromise(
  node: string,
  promise: PromiseLike<unknown>,
  isReading = false,
): FlowerPowerError {
  asPromise(promise).catch(() => {});
  return new FlowerPowerError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: isReading
      ? `The node '${node}' returned a promise, which cannot be waited for while its fan-out is read as an iterable.`
      : `The node '${node}' returned a promise, which a synchronous execution cannot wait for.`,
    hint: isReading
      ? "Collect it as an array, or with { as: 'asyncIterable' }."
      : 'Use execute(...) instead of executeSync(...).',
  });
}

/** Throws for a promise from outside: nodes never get one from another node either. */
export function refuseGivenPromise(name: string, value: unknown): void {
  if (!isInstance(value, Promise)) return;
  value.catch(() => {});
  const code: CoreErrorCode = 'FP_BAD_OPTION';
  throw new FlowerPowerError({ code, message: `What is given for '${name}' is a promise.` });
}
