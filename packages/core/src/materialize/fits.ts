/** In types: which values a parameter may be loaded with, and which nodes a saver may take. */

declare const otherKey: unique symbol;

/**
 * A record whose keys are known only once it is read, such as a row of a file: the columns that are declared, and
 * what every other column holds. It fits a parameter whose keys it may have with the right types.
 *
 * @typeParam Known - the declared keys.
 * @typeParam Other - what any other key holds.
 */
export type OpenRecord<Known = unknown, Other = unknown> = Known & OtherColumns<Other>;

/** The part of an {@link OpenRecord} that is not declared. It has a name so that packages can declare what they load. */
export interface OtherColumns<Other> {
  readonly [column: string]: unknown;
  /** Exists in types only. */
  readonly [otherKey]?: Other;
}

type ValueAt<R, K> = string extends K
  ? unknown
  : K extends keyof NamedKeys<R>
    ? NamedKeys<R>[K]
    : R extends { readonly [otherKey]?: infer Other }
      ? Other
      : unknown;

/** The keys of an open record that are declared. */
type NamedKeys<R> = {
  [K in keyof R as string extends K ? never : K extends typeof otherKey ? never : K]: R[K];
};

/**
 * True when a value of type `T` may be what a parameter of type `P` is loaded with. `unknown` always may, as what
 * `JSON.parse` gives may.
 */
export type FitsParameter<T, P> = unknown extends T
  ? true
  : [T] extends [P]
    ? true
    : [T] extends [readonly (infer Item)[]]
      ? P extends readonly (infer Wanted)[]
        ? FitsParameter<Item, Wanted>
        : false
      : [T] extends [AsyncIterable<infer Item>]
        ? P extends AsyncIterable<infer Wanted>
          ? FitsParameter<Item, Wanted>
          : false
        : [T] extends [{ readonly [otherKey]?: unknown }]
          ? FitsRecord<T, P>
          : false;

type FitsRecord<T, P> = string extends keyof T
  ? P extends object
    ? P extends readonly unknown[] | ((...args: never[]) => unknown)
      ? false
      : false extends { [K in keyof P]-?: FitsParameter<ValueAt<T, K>, P[K]> }[keyof P]
        ? false
        : true
    : false
  : false;

/** True when a saver of values of type `Taken` takes those of a node of type `V`. Of `unknown` the saver judges. */
export type FitsSaver<V, Taken> = unknown extends V ? true : [V] extends [Taken] ? true : false;
