import type { IoMetadata } from '@flowerpower/io';

/** What a saver says it has written: {@link IoMetadata}, or what a saver of your own gives. */
export type SavedMetadata = Partial<IoMetadata> & { readonly [fact: string]: unknown };

/** What became of one planned node in a run that succeeded. */
export interface NodeResult {
  /** `not-chosen`: only a side of a branch needs it that was not taken. */
  readonly status: 'success' | 'not-chosen';
  /** True when the value, or that of every item, came from the cache; absent otherwise. */
  readonly cached?: true;
  /** Inside a fan-out: for how many items it ran. */
  readonly items?: number;
  /** For how many it failed, where failures are collected; absent for none. */
  readonly failedItems?: number;
  /** How many items came from the cache; absent for none. */
  readonly cachedItems?: number;
}

/** What a run that succeeded gives. */
export interface RunResult {
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
  /** What each loader read, by the name under `io.load`. A loader whose value came from the cache read nothing. */
  readonly loaded: Readonly<Record<string, IoMetadata>>;
  /** What became of each planned node, in topological order. */
  readonly nodes: Readonly<Record<string, NodeResult>>;
  /** From the start of the run to the end of its last attempt, waits between attempts included. */
  readonly durationMs: number;
  /** 1 when the first attempt succeeded. */
  readonly attempts: number;
}
