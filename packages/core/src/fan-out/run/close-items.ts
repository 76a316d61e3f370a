import { asPromise } from '../../model/as-promise.js';
import { isThenable } from '../../model/is-thenable.js';
import type { ItemSource } from './item-source.js';

/** How long the end of a fan-out waits for an iterator that was closed before its end; it may never answer. */
const closingMs = 1000;

/**
 * Closes items that were not taken to their end. Never throws or rejects.
 *
 * @param name - of the node that lists them.
 * @returns what to wait for; undefined when there is nothing.
 */
export function closeItems(
  source: ItemSource | undefined,
  name: string,
  warn: (message: string, error?: unknown) => void,
): PromiseLike<unknown> | undefined {
  const fail = (error: unknown) => warn(`The items of '${name}' could not be closed.`, error);
  try {
    const closing = source?.close();
    if (!isThenable(closing)) return undefined;
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        warn(`The items of '${name}' were not closed within ${closingMs / 1000} s; they are left behind.`);
        resolve();
      }, closingMs);
      void asPromise(closing)
        .then(undefined, fail)
        .then(() => {
          clearTimeout(timer);
          resolve();
        });
    });
  } catch (error) {
    fail(error);
    return undefined;
  }
}
