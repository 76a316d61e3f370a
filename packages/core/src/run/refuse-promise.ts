import { FlowerPowerError } from '../errors/flowerpower-error.js';

/** The promise is left to itself; its rejection must not end the process. */
export function refusePromise(node: string, promise: PromiseLike<unknown>): FlowerPowerError {
  Promise.resolve(promise).catch(() => {});
  return new FlowerPowerError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `The node '${node}' returned a promise, which a synchronous execution cannot wait for.`,
    hint: 'Use execute(...) instead of executeSync(...).',
  });
}
