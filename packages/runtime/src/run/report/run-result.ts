import type { IoMetadata, StreamFacts } from '@flowerpower/io';
import type { FailedCheck } from '../recorder/failed-checks.js';
import type { DescribedError } from '../../errors/describe-error.js';

/** What a saver says it has written: {@link IoMetadata}, or what a saver of your own gives. */
export type SavedMetadata = Partial<IoMetadata> & { readonly [fact: string]: unknown };

/**
 * What a loader says of what it has read: {@link IoMetadata}; the {@link StreamFacts} of a stream that was not read to its
 * end; or what a loader of your own gives.
 */
export type LoadedMetadata = Partial<IoMetadata> &
  Partial<StreamFacts> & { readonly [fact: string]: unknown };

/** What became of one planned node. In a run that succeeded it is `success` or `not-chosen`. */
export interface NodeResult {
  /**
   * `skipped`: it needs one that failed. `not-chosen`: only a side of a branch needs it that was not taken.
   * `unfinished`: it began, and was stopped with the run. `not-run`: the run ended before it.
   */
  readonly status: 'success' | 'failed' | 'skipped' | 'not-chosen' | 'unfinished' | 'not-run';
  /** Absent for a node that did not run. Inside a fan-out from the first item to the last. */
  readonly durationMs?: number;
  /** Why it failed; inside a fan-out the first failure. */
  readonly error?: DescribedError;
  /** Of a skipped node: the one that failed. */
  readonly because?: string;
  /** True when the value, or that of every item, came from the cache; absent otherwise. */
  readonly cached?: true;
  /** Inside a fan-out: for how many items it ran. */
  readonly items?: number;
  /** For how many it failed, where failures are collected; absent for none. */
  readonly failedItems?: number;
  /** How many items came from the cache; absent for none. */
  readonly cachedItems?: number;
}

/** What a run gives, good or bad. */
interface RunFacts {
  readonly runId: string;
  /** The name of the pipeline. */
  readonly pipeline: string;
  /** The requested outputs by name. Never holds what savers give; see `saved`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /**
   * What each saver wrote, by the name under `io.save`, or in code by the name of its node without `save.`. Of a saver
   * inside a fan-out the list of all items.
   */
  readonly saved: Readonly<Record<string, SavedMetadata>>;
  /**
   * What each loader read, by the name under `io.load`, or in code by the name of its node without `.loader`. Of a loader
   * inside a fan-out the list of all items; of one whose value came from the cache, what it read when it did.
   */
  readonly loaded: Readonly<Record<string, LoadedMetadata>>;
  /**
   * The checks of `checkOutput` that values did not pass, whether that was only warned about or failed a node. Empty when
   * everything passed.
   */
  readonly checks: readonly FailedCheck[];
  /** What became of each planned node, in topological order. */
  readonly nodes: Readonly<Record<string, NodeResult>>;
  /** From the start of the run to the end of its last attempt, waits between attempts included. */
  readonly durationMs: number;
  /** 1 when the first attempt succeeded. */
  readonly attempts: number;
}

/** What a run that succeeded gives. */
export interface RunResult extends RunFacts {
  readonly status: 'success';
  /** What the result builder made of the outputs; absent without one. */
  readonly value?: unknown;
}

/** What a run gives that did not. */
export interface FailedRun extends RunFacts {
  readonly status: 'failure' | 'cancellation' | 'timeout';
  /** What `run` would throw. */
  readonly error: unknown;
}

export type RunOutcome = RunResult | FailedRun;
