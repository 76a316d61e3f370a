/** Where cached values are kept. Contract version 1; `cacheStoreContract` of `@flowerpower/core/testing` tests a store. */

type Maybe<T> = T | Promise<T>;

/** A value that was found; wrapped, because `undefined` is a value too. */
export interface CachedValue {
  readonly value: unknown;
}

export interface CachedVersion {
  /** The fingerprint of the value that the key stands for. */
  readonly dataVersion: string;
  /** The value, when the store holds it beside the key; saves a second read. */
  readonly cached?: CachedValue | undefined;
}

export interface CacheEntry {
  readonly dataVersion: string;
  readonly value: unknown;
  /** About the size of the value. */
  readonly sizeBytes: number;
  /** The first part that structured serialisation would lose or change; a store that serialises refuses the entry. */
  readonly rich?: string | undefined;
}

/** Nothing was stored; the reason reads on after "because". */
export interface CacheRefusal {
  readonly refused: string;
}

export interface CacheStoreSize {
  readonly entries: number;
  readonly sizeBytes: number;
}

/**
 * Content-addressed, in two levels: a key leads to a data version, a data version to a value, so that equal
 * values are stored once. Keys and data versions are 64 hexadecimal digits. A driver takes a store of your own from
 * `defineCacheStore`.
 *
 * A method may be synchronous or return a promise; with a store that returns promises a driver runs with
 * `execute`, not with `executeSync`. What a store throws, or rejects with, is logged as a warning and counts as a
 * miss. A store never gives a value that it is not sure of: a damaged entry is removed and raised. What a caller does
 * to a value that it gave or was given changes nothing in the store.
 */
export interface CacheStore {
  readonly contractVersion: 1;
  /** Short, for messages: `memory`, `file`. */
  readonly name: string;
  getVersion(key: string): Maybe<CachedVersion | undefined>;
  getValue(dataVersion: string): Maybe<CachedValue | undefined>;
  /** Stores both levels, the value first: a key never leads to a value that was not stored. */
  set(key: string, entry: CacheEntry): Maybe<CacheRefusal | undefined>;
  /** Forgets a key. Deleting what is not there succeeds. */
  delete(key: string): Maybe<void>;
  clear(): Maybe<void>;
  size(): Maybe<CacheStoreSize>;
  /**
   * Sees to it that of all who share the store one computes a key, while the others wait until they find its value.
   * Absent where everybody computes for himself. Never waits without end, whatever becomes of who computes; gives what
   * `find` or `compute` gave, and rejects with what `compute` rejected with, or once `signal` aborts before that.
   */
  computeOnce?<Result>(key: string, computation: Computation<Result>): Promise<Result>;
}

/** Of the value of one key. */
export interface Computation<Result> {
  /** Looks whether the value is in the store by now. Undefined where it is not. */
  find(): Promise<Result | undefined>;
  /** Computes and stores it. */
  compute(): Promise<Result>;
  /** Aborts when nobody needs the value any more. */
  readonly signal: AbortSignal;
}
