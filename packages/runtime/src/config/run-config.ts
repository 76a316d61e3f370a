/**
 * What the runner reads of a pipeline's configuration. The types are structural: the result of
 * `@flowerpower/config` fits, and so does an object written by hand.
 */
import type { CacheBehavior, RetryOptions } from '@flowerpower/core';
import type { Callback } from '../callbacks/callback.js';
import type { LogLevel } from '../logging/log-level.js';
import type { RunResult } from '../run/report/run-result.js';

export interface ExecutorOptions {
  /**
   * `local`, or `synchronous`: local with one node at a time. `threadpool` and `processpool` of the Python FlowerPower
   * are taken for `local`, with a warning.
   */
  readonly type: string;
  /** The limit of promises in flight when `maxConcurrency` is absent. */
  readonly maxWorkers?: number | undefined;
  /** Means nothing to the executors of this version; a warning says so. */
  readonly numCpus?: number | undefined;
  /** Options of the executor itself. `local` has none, so anything here is an error. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** Nodes by name, or true for all that no other list names. False counts as absent. */
type CachedNames = boolean | readonly string[];

/** Values of nodes are kept in files from one run to the next. */
export interface CacheSettings {
  readonly enabled: boolean;
  /** On the project's filesystem, or a URI. Default {@link defaultCacheDir}. Processes may share it. */
  readonly dir?: string | undefined;
  /** About how many bytes of files are kept, at least 1. Default 1 GiB. */
  readonly maxSizeBytes?: number | undefined;
  /** Seconds after which an entry is not found any more, above 0. Absent: no limit. */
  readonly maxAge?: number | undefined;
  /** What the cache does with single nodes; see `CacheOptions` of `@flowerpower/core`. */
  readonly default?: CachedNames | undefined;
  readonly recompute?: CachedNames | undefined;
  readonly disable?: CachedNames | undefined;
  readonly ignore?: CachedNames | undefined;
  readonly defaultBehavior?: CacheBehavior | undefined;
  readonly defaultLoaderBehavior?: CacheBehavior | undefined;
  readonly defaultSaverBehavior?: CacheBehavior | undefined;
}

export const defaultCacheDir = '.flowerpower/cache';

export interface RunConfig {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Nodes to compute. Empty: every leaf; see `BuiltPipeline.outputs`. */
  readonly finalVars: readonly string[];
  /** Fixed when the graph is built: chooses variants and gives values. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly executor: ExecutorOptions;
  readonly retry: RetryOptions;
  /** Absent: no cache. */
  readonly cache?: CacheSettings | undefined;
  /** Seconds for the whole run, with its retries and the waits between them. Absent: no limit. */
  readonly timeout?: number | undefined;
  /**
   * Seconds that nodes which run are waited for once the run must end, by its timeout, a signal or a stray error; then
   * it ends without them and names them. At least 0; absent: 10.
   */
  readonly grace?: number | undefined;
  /** Absent: the level of the runner's log. */
  readonly logLevel?: LogLevel | undefined;
  /** Whether modules are imported anew. For whoever imports them; the runner is given modules and imports none. */
  readonly reload?: boolean | undefined;
  /**
   * Whether modules and `io.load` may define a node that is already defined; the later one then wins: additional
   * modules, the pipeline's own, `io.load`. Default false: a node that is defined twice is an error.
   */
  readonly allowModuleOverrides?: boolean | undefined;
  /** `fail`: the first failure stops the run. `continue`: everything independent of it still runs. */
  readonly onError: 'fail' | 'continue';
  /**
   * What watches the run, by the name under which a plugin brings it: true, or its options. `progress` is built in. False is
   * as good as absent.
   */
  readonly withAdapter?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Whether what nodes print by `console` becomes events of the run's log besides being printed. Absent: true.
   */
  readonly captureConsole?: boolean | undefined;
  /** Promises in flight. At least 1; absent: `executor.maxWorkers`, else no limit. */
  readonly maxConcurrency?: number | undefined;
  /** Whether the run is recorded, where the runner has a store for that. Default true. */
  readonly record?: boolean | undefined;
  /** Called once, after the last attempt of a run that succeeded. What it throws is logged and changes nothing. */
  readonly onSuccess?: Callback<[result: RunResult, error: undefined]> | undefined;
  /** Called once, after the last attempt of a run that did not succeed. What it throws is logged and changes nothing. */
  readonly onFailure?: Callback<[result: undefined, error: unknown]> | undefined;
}

/** One attempt, no timeout, every leaf: the defaults of `@flowerpower/config`. Spread it and change what differs. */
export const defaultRunConfig: RunConfig = {
  inputs: {},
  finalVars: [],
  config: {},
  executor: { type: 'local' },
  retry: { maxRetries: 0, retryDelay: 1, jitterFactor: 0.1, retryExceptions: [] },
  onError: 'fail',
};
