import type { Adapter } from '../adapters/adapter.js';
import type { DriverCache } from '../cache/cache-engine.js';
import type { Graph } from '../model/graph.js';
import type { NodeLog } from '../model/functions.js';
import type { NodeExecutors } from './node-executor.js';

/** Everything that one run is given besides its plan. */
export interface RunOptions {
  /** Values of the plan's given slots. */
  readonly given: readonly unknown[];
  readonly graph: Graph;
  readonly adapters: readonly Adapter[];
  readonly log: NodeLog;
  readonly maxConcurrency: number;
  readonly onError: 'fail' | 'continue';
  readonly signal: AbortSignal | undefined;
  readonly runId: string | undefined;
  readonly attempt: number;
  /** Refuses promises instead of waiting for them. */
  readonly synchronous: boolean;
  readonly cache?: DriverCache | undefined;
  readonly executors?: NodeExecutors | undefined;
  /** For the contexts of nodes. */
  readonly resources?: Readonly<Record<string, unknown>> | undefined;
  /** Picks one of the slots that are ready, for tests of the order; then even a synchronous run is scheduled. */
  readonly pick?: ((count: number) => number) | undefined;
}
