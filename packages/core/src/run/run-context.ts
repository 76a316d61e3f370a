import type { NodeContext } from '../model/functions.js';
import type { BranchEngine } from './branches.js';
import type { Call, Frame } from './frame.js';
import type { Permits } from './permits.js';

/** What the frames of a run share. */
export interface RunContext {
  /** What to call instead of the functions themselves; undefined when nothing has to be done around them. */
  readonly instrumented: Call | undefined;
  readonly permits: Permits;
  readonly onError: 'fail' | 'continue';
  /** True when a signal may stop the run at any moment, even between two synchronous nodes. */
  readonly isCancellable: boolean;
  /** Picks one of the slots that are ready, for tests of the order. */
  readonly pick: ((count: number) => number) | undefined;
  /** True when promises are refused instead of waited for. */
  readonly synchronous: boolean;
  /** Given where the plan has fan-outs. */
  readonly runBlock: RunBlock | undefined;
  /** Given where the plan has branches. */
  readonly branches: BranchEngine | undefined;
  contextOf(frame: Frame, slot: number): NodeContext;
  /** The failures of nodes inside fan-outs, on their way outwards. */
  readonly innerFailures: WeakSet<object>;
  /** How many items each node has failed for, where failures are collected. */
  readonly failedItems: Map<string, number>;
  /** Something that must be closed before the run ends, unless it closes itself earlier. */
  readonly open: Set<Closable>;
  warn(message: string, error?: unknown): void;
}

/** Gives what the block of a slot gives, or a promise of it. */
export type RunBlock = (run: RunContext, frame: Frame, slot: number) => unknown;

export interface Closable {
  close(): PromiseLike<void> | undefined;
}
