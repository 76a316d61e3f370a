import { asPromise } from '../model/as-promise.js';
import { giverOf } from '../model/promises.js';
import { isInstance } from '../errors/is-error.js';
import { badOption } from '../errors/bad-option.js';
import { FlowerPowerError, isFlowerPowerError } from '../errors/flowerpower-error.js';
import { readProperty } from '../errors/read-property.js';

/** The promise is left to itself; its rejection must not end the process. */
export function refusePromise(
  node: string,
  promise: PromiseLike<unknown>,
  because = 'a synchronous execution cannot wait for',
  hint = 'Use execute(...) instead of executeSync(...).',
): FlowerPowerError {
  asPromise(promise).catch(() => {});
  return new FlowerPowerError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `${giverOf(promise) ?? `The node '${node}' returned a promise`}, which ${because}.`,
    hint,
  });
}

/** Whether it was a refused promise that failed. */
export function isRefusal({ cause }: Error): boolean {
  return isFlowerPowerError(cause) && readProperty(cause, 'code') === 'FP_NOT_SYNCHRONOUS';
}

/** Throws for a promise from outside: nodes never get one from another node either. */
export function refuseGivenPromise(name: string, value: unknown): void {
  if (!isInstance(value, Promise)) return;
  value.catch(() => {});
  throw badOption(`What is given for '${name}' is a promise.`);
}
