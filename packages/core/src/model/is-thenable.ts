import { isObject } from './is-object.js';

/** True for promises and what looks like one. Throws what a getter called `then` throws. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof (value as { then?: unknown }).then === 'function';
}
