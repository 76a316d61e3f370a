import type { NodeLog } from '../model/functions.js';
import type { Graph } from '../model/graph.js';
import type { Plan } from '../plan/plan.js';
import type { Readers } from '../plan/readers.js';
import type { BranchEngine } from './branches.js';
import type { BeginFanOuts } from './fan-outs.js';
import type { JoinRun } from './run-part.js';

/**
 * Brings the slot that is to start next to the index `from` of those that are ready. Called before each start, once a node has
 * given a promise.
 */
export type StartOrder = (
  ready: number[],
  from: number,
  plan: Pick<Plan, 'count' | 'given' | 'successors'>,
) => void;

/** Everything that one run is given besides its plan. */
export interface RunOptions {
  /** Values of the plan's given slots. */
  readonly given: readonly unknown[];
  readonly graph: Graph;
  readonly log: NodeLog;
  readonly maxConcurrency: number;
  readonly onError: 'fail' | 'continue';
  readonly signal: AbortSignal | undefined;
  readonly runId: string | undefined;
  readonly attempt: number;
  /** Refuses promises instead of waiting for them. */
  readonly isSynchronous: boolean;
  /** Who takes part in the run, the innermost first. */
  readonly joins?: readonly JoinRun[] | undefined;
  /** Runs the fan-outs of the plan. */
  readonly beginFanOuts?: BeginFanOuts | undefined;
  /** Looks at the values that several nodes read. */
  readonly readers?: Readers | undefined;
  /** Chooses the sides of the branches of the plan. */
  readonly branches?: BranchEngine | undefined;
  /** For the contexts of nodes. */
  readonly resources?: Readonly<Record<string, unknown>> | undefined;
  /** Decides which of the slots that are ready starts next, while not all of them may. */
  readonly order?: StartOrder | undefined;
}
