import type { NodeContext } from '../model/functions.js';
import type { Readers } from '../plan/readers.js';
import type { BranchEngine } from './branches.js';
import type { FanOuts } from './fan-outs.js';
import type { Call, Frame } from './frame.js';
import type { Permits } from './permits.js';
import type { StartOrder } from './run-options.js';

/** What the frames of a run share. */
export interface RunContext {
  /** What to call instead of the functions themselves; undefined when nothing has to be done around them. */
  readonly instrumented: Call | undefined;
  readonly permits: Permits;
  readonly onError: 'fail' | 'continue';
  /** True when a signal may stop the run at any moment, even between two synchronous nodes. */
  readonly isCancellable: boolean;
  /** Puts the slots that are ready, from that index on, into another order, for tests of the order. */
  readonly order: StartOrder | undefined;
  /** True when promises are refused instead of waited for. */
  readonly isSynchronous: boolean;
  /** Given where the plan has fan-outs. */
  readonly fanOuts: FanOuts | undefined;
  /** Given where values of the plan are shared. */
  readonly readers: Readers | undefined;
  /** Given where the plan has branches. */
  readonly branches: BranchEngine | undefined;
  contextOf(frame: Frame, slot: number): NodeContext;
}
