/** What a run offers to those who take part in it, and what they do. */
import type { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { NodeContext, NodeLog } from '../model/functions.js';
import type { Graph } from '../model/graph.js';
import type { Plan } from '../plan/plan.js';
import type { Call, Frame } from './frame.js';

/** A run that begins. */
export interface BegunRun {
  readonly runId: string;
  readonly graph: Graph;
  readonly plan: Plan;
  readonly attempt: number;
  readonly log: NodeLog;
  /** True when nothing can be waited for. */
  readonly isSynchronous: boolean;
  readonly resources: Readonly<Record<string, unknown>> | undefined;
  signal(): AbortSignal;
}

interface RunEnd {
  readonly status: 'success' | 'failed' | 'cancelled';
  readonly durationMs: number;
  readonly error: FlowerPowerError | undefined;
}

/** Takes part in one run. */
export interface RunPart {
  /** What to call instead of `call`. */
  around?(call: Call): Call;
  /** What a node sees as its context. */
  contextFor?(frame: Frame, slot: number, context: NodeContext): NodeContext;
  /** Called once, with what the run has come to. */
  end?(end: RunEnd): void;
  /** What the run still has to wait for; undefined when there is nothing. */
  settle?(): PromiseLike<unknown> | undefined;
}

/** Called when a run begins. Undefined when there is nothing to do in it. */
export type JoinRun = (run: BegunRun) => RunPart | undefined;
