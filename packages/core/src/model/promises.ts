/** Who gave a promise in place of a node, for the errors of runs that cannot wait: a node is not blamed for its cache. */
import { isThenable } from './is-thenable.js';

const givers = /* @__PURE__ */ new WeakMap<PromiseLike<unknown>, string>();

/** `The executor 'far' gave a promise for 'price'`; undefined when it was the node itself. */
export function giverOf(promise: PromiseLike<unknown>): string | undefined {
  return givers.get(promise);
}

/** @param giver - what `giverOf` is to say. @returns the promise. */
export function givenBy<P extends PromiseLike<unknown>>(promise: P, giver: string | undefined): P {
  if (giver !== undefined) givers.set(promise, giver);
  return promise;
}

/**
 * Notes who gave a promise where there was none before; where there was one, it is the same giver's still.
 *
 * @param value - a promise or not. @param before - what it was made of.
 * @returns the value.
 */
export function notePromise<T>(value: T, before: unknown, kind: string, name: string, node: string): T {
  return isThenable(value)
    ? givenBy(
        value,
        isThenable(before) ? giverOf(before) : `The ${kind} '${name}' gave a promise for '${node}'`,
      )
    : value;
}
