/**
 * What a function that a modifier made does besides what its text says. The text of a closure is the same whatever it
 * closes over, so a modifier leaves on the closure what decides its results.
 */
import type { AnyFunction } from './definition.js';

const decidesKey: unique symbol = Symbol.for('flowerpower.decides') as never;

export interface Decides {
  /** Compared by content; where it cannot be compared, what the function gives is not cached. */
  readonly given?: unknown;
  /** True when it leaves what can be read only once unread. */
  readonly leavesUnread?: boolean | undefined;
  /** The function that it calls, of which text and closure count too. */
  readonly calls?: AnyFunction | undefined;
}

/** @returns the same function. */
export function deciding<F extends AnyFunction>(fn: F, decides: Decides): F {
  return Object.assign(fn, { [decidesKey]: decides });
}

export function leavesUnread(fn: AnyFunction | undefined): boolean {
  return (fn as { readonly [decidesKey]?: Decides } | undefined)?.[decidesKey]?.leavesUnread === true;
}

/** What was left on a function, and on the functions that it calls; the function itself is the first. */
export function callsOf(fn: AnyFunction): { readonly fn: AnyFunction; readonly given: unknown }[] {
  const found: { fn: AnyFunction; given: unknown }[] = [];
  for (let at: AnyFunction | undefined = fn; at !== undefined; ) {
    const decides: Decides | undefined = (at as { [decidesKey]?: Decides })[decidesKey];
    found.push({ fn: at, given: decides?.given });
    at = decides?.calls;
  }
  return found;
}
