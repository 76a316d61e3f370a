/** Types that the shadow program declares for itself. Each part is written only where it is used. */

/** Stands for a value that is not known: it fits everywhere. */
export const givenValue = 'declare const given: never;';

/** The context argument of a function that requires one more parameter than it has inputs; otherwise nothing. */
export const contextTypes = `
type Context<F extends (...args: never[]) => unknown, Inputs extends readonly unknown[]> =
  Parameters<F> extends readonly [...Inputs, unknown, ...unknown[]] ? [NodeContext] : [];`;

/**
 * What several functions want of one value from outside. Two types clash when no value can be of both, as far as
 * four levels tell; in doubt they do not. Of an overloaded function every overload counts (of more than four, the
 * last four), of a generic one the constraint; `unknown` and `any` want nothing.
 */
export const sharedTypes = `
type Arguments<F> =
  F extends { (...a: infer A): unknown; (...a: infer B): unknown; (...a: infer C): unknown; (...a: infer D): unknown } ? A | B | C | D
  : F extends { (...a: infer A): unknown; (...a: infer B): unknown; (...a: infer C): unknown } ? A | B | C
  : F extends { (...a: infer A): unknown; (...a: infer B): unknown } ? A | B
  : F extends (...a: infer A) => unknown ? A : unknown;
type At<A, I extends number> = A extends readonly unknown[] ? Exclude<A[I], undefined> : unknown;
type In<O, K extends string> = O extends { readonly [P in K]?: infer V } ? Exclude<V, undefined> : unknown;
type WantedAt<F, I extends number> = At<Arguments<F>, I>;
type WantedIn<F, K extends string> = In<At<Arguments<F>, 0>, K>;

type Single = string | number | bigint | boolean | symbol | null | undefined;
type Callable = (...args: never[]) => unknown;
type Clash<A, B, Depth extends readonly unknown[] = []> =
  Depth["length"] extends 4 ? false
  : unknown extends A ? false
  : unknown extends B ? false
  : [A] extends [B] ? false
  : [B] extends [A] ? false
  : [A & B] extends [never] ? true
  : [A] extends [Single] ? [B] extends [object] ? true : false
  : [B] extends [Single] ? [A] extends [object] ? true : false
  : [A] extends [Callable] ? false
  : [B] extends [Callable] ? false
  : [A] extends [readonly (infer X)[]] ? [B] extends [readonly (infer Y)[]] ? Clash<X, Y, [...Depth, 0]> : false
  : true extends { [K in keyof A & keyof B]: Clash<A[K], B[K], [...Depth, 0]> }[keyof A & keyof B] ? true : false;
type Both<A, B> =
  unknown extends A ? B
  : unknown extends B ? A
  : [A] extends [B] ? A
  : [B] extends [A] ? B
  : Clash<A, B> extends true ? A : A & B;
declare function wants<T>(value: T): void;`;
