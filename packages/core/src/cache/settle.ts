/** One flow for synchronous and asynchronous steps: no promise is made where none was given, and its giver stays known. */
import { isThenable } from '../model/is-thenable.js';
import { giverOf, givenBy } from '../model/promises.js';

export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return isThenable(value);
}

// Not called `then`: a module that exports a function of this name passes for a promise where it is imported.
export function chain<T, R>(value: T | PromiseLike<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return isPromise(value) ? givenBy(afterwards(value, next), giverOf(value)) : next(value);
}

async function afterwards<T, R>(value: PromiseLike<T>, next: (value: T) => R | Promise<R>): Promise<R> {
  return next(await value);
}

/** What `step` gives, or what `rescue` makes of what it throws or rejects with. */
export function guard<T>(step: () => T | Promise<T>, rescue: (error: unknown) => T): T | Promise<T> {
  try {
    const value = step();
    return isPromise(value) ? givenBy(rescued(value, rescue), giverOf(value)) : value;
  } catch (error) {
    return rescue(error);
  }
}

async function rescued<T>(value: PromiseLike<T>, rescue: (error: unknown) => T): Promise<T> {
  try {
    return await value;
  } catch (error) {
    return rescue(error);
  }
}
