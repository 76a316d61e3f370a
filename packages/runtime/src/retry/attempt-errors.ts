/** What goes wrong with an attempt, besides what the work itself throws. */
import { asPromise, type FlowerPowerError, optionProblems } from '@flowerpower/core';
import { runtimeError } from '../errors/runtime-error.js';

export function attemptTimedOut(name: string, seconds: number): FlowerPowerError {
  return runtimeError({
    code: 'FP_ATTEMPT_TIMEOUT',
    message: `An attempt of '${name}' took longer than ${seconds} s.`,
    hint: 'Raise attemptTimeout, and pass the signal of the attempt on to whatever the work waits for.',
  });
}

/** The promise is left to itself; its rejection must not end the process. */
export function refusedPromise(promise: PromiseLike<unknown>, name: string): FlowerPowerError {
  asPromise(promise).catch(() => {});
  const error = runtimeError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `'${name}' gave a promise in executeSync.`,
    hint: 'Use execute.',
  });
  return Object.assign(error, { retryable: false });
}

/** A synchronous function cannot be ended from outside. */
export function refusedTimeout(attemptTimeout: number | undefined): ReturnType<typeof optionProblems> {
  return attemptTimeout === undefined
    ? []
    : [
        {
          code: 'FP_BAD_OPTION',
          message: 'attemptTimeout cannot end a synchronous function.',
          hint: 'Use execute, or leave attemptTimeout out.',
        },
      ];
}
