/**
 * What the runner reads of a pipeline's configuration. The types are structural: the result of
 * `@flowerpower/config` fits, and so does an object written by hand.
 */
import type { RetryOptions } from '@flowerpower/core';
import type { LogLevel } from '../logging/log-level.js';
import type { RunResult } from '../run/run-result.js';

export interface ExecutorOptions {
  /** `local`, or `synchronous`: local with one node at a time. */
  readonly type: string;
  /** The limit of promises in flight when `maxConcurrency` is absent. */
  readonly maxWorkers?: number | undefined;
  /** Means nothing to the executors of this version; a warning says so. */
  readonly numCpus?: number | undefined;
  /** Options of the executor itself. `local` has none, so anything here is an error. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface RunConfig {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Nodes to compute. Empty: every leaf; see `BuiltPipeline.outputs`. */
  readonly finalVars: readonly string[];
  /** Fixed when the graph is built: chooses variants and gives values. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly executor: ExecutorOptions;
  readonly retry: RetryOptions;
  /** Seconds for the whole run, with its retries and the waits between them. Absent: no limit. */
  readonly timeout?: number | undefined;
  /** Absent: the level of the runner's log. */
  readonly logLevel?: LogLevel | undefined;
  /** Whether modules are imported anew. For whoever imports them; the runner is given modules and imports none. */
  readonly reload?: boolean | undefined;
  /** `fail`: the first failure stops the run. `continue`: everything independent of it still runs. */
  readonly onError: 'fail' | 'continue';
  /** Promises in flight. At least 1; absent: `executor.maxWorkers`, else no limit. */
  readonly maxConcurrency?: number | undefined;
  /** Called once, after the last attempt of a run that succeeded. What it throws is logged and changes nothing. */
  readonly onSuccess?: ((result: RunResult, error: undefined) => unknown) | undefined;
  /** Called once, after the last attempt of a run that did not succeed. What it throws is logged and changes nothing. */
  readonly onFailure?: ((result: undefined, error: unknown) => unknown) | undefined;
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
