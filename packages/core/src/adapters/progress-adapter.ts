import type { Adapter, RunEndEvent } from './adapter.js';
import { aFunction, required } from '../errors/option-rules.js';
import { requireAdapterOptions } from './adapter-option-error.js';

/** How far a run is. A snapshot: later events leave it as it is. */
export interface Progress {
  readonly runId: string;
  /**
   * Planned nodes that have ended, well or badly. Never more than `total`. Those that had nothing to do, for an empty
   * list of items or on a side of a branch that was not chosen, count when the run has succeeded.
   */
  readonly done: number;
  /** Nodes that the run plans to execute. Given values do not count. */
  readonly total: number;
  /** How many of those that ended have failed. */
  readonly failed: number;
  /** Nodes that have started and not ended, in the order of their start. */
  readonly running: readonly string[];
  /** The node that has just started or ended; absent at the start and the end of the run. */
  readonly node?: string;
  /** `running`, or how the run ended. After a failure or cancellation `done` may stay below `total`. */
  readonly status: 'running' | RunEndEvent['status'];
}

export interface ProgressAdapterOptions {
  /** Told at the start and end of the run and of each node. A promise is waited for at the end of the run. */
  readonly onProgress: (progress: Progress) => void;
}

/**
 * An adapter that counts nodes, for progress bars. Serves several runs at once, told apart by `runId`; of
 * those that share one, the last to begin is counted.
 *
 * @example
 * ```ts
 * import { createDriver, progressAdapter } from '@flowerpower/core';
 *
 * const m = { a: () => 1, b: ({ a }: { a: number }) => a + 1 };
 * const progress = progressAdapter({ onProgress: ({ done, total }) => console.log(`${done}/${total}`) });
 * createDriver({ modules: [m], adapters: [progress] }).executeSync(['b']);
 * // 0/2, 0/2, 1/2, 1/2, 2/2, 2/2
 * ```
 */
export function progressAdapter(options: ProgressAdapterOptions): Adapter {
  requireAdapterOptions('progressAdapter', options, { onProgress: required(aFunction) });
  const { onProgress } = options;
  const runs = new Map<string, Counts>();
  const tell = (runId: string, counts: Counts, node: string | undefined, status: Progress['status']) =>
    onProgress({
      runId,
      done: counts.done.size,
      total: counts.total,
      failed: counts.failed.size,
      running: [...counts.running],
      ...(node !== undefined && { node }),
      status,
    });
  return {
    name: 'progress',
    onRunStart({ runId, planned }) {
      const counts: Counts = {
        total: planned.length,
        planned,
        done: new Set(),
        failed: new Set(),
        running: new Set(),
      };
      runs.set(runId, counts);
      return tell(runId, counts, undefined, 'running');
    },
    onNodeStart({ runId, node }) {
      const counts = runs.get(runId);
      if (counts === undefined) return;
      counts.running.add(node.name);
      return tell(runId, counts, node.name, 'running');
    },
    onNodeEnd({ runId, node, status }) {
      const counts = runs.get(runId);
      if (counts === undefined) return;
      counts.running.delete(node.name);
      counts.done.add(node.name);
      if (status === 'failed') counts.failed.add(node.name);
      return tell(runId, counts, node.name, 'running');
    },
    onRunEnd({ runId, status }) {
      const counts = runs.get(runId);
      if (counts === undefined) return;
      runs.delete(runId);
      if (status === 'success') for (const name of counts.planned) counts.done.add(name);
      return tell(runId, counts, undefined, status);
    },
  };
}

/** Names, not numbers: a node that is called several times counts once. */
interface Counts {
  readonly total: number;
  readonly planned: readonly string[];
  readonly done: Set<string>;
  readonly failed: Set<string>;
  readonly running: Set<string>;
}
