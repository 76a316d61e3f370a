/** What fan-outs need of a run. Begun by the part that knows them, for each run of a plan that has any. */
import type { Frame } from './frame.js';
import type { NodeExecutionError } from './node-execution-error.js';
import type { RunContext } from './run-context.js';
import type { NodeOutcome } from './run-report.js';
import type { BegunRun, RunPart } from './run-part.js';

export type BeginFanOuts = (run: RunContext & BegunRun) => FanOuts;

export interface FanOuts extends RunPart {
  /** Gives what the block of a slot gives, or a promise of it. */
  runBlock(frame: Frame, slot: number): unknown;
  /** True for what a fan-out throws that ends early because the run does, not because of a failure of its own. */
  isInterruption(error: unknown): boolean;
  /** The failure that has come out of a slot, if it is that of a node inside. */
  innerFailure(frame: Frame, slot: number, error: unknown): NodeExecutionError | undefined;
  /**
   * True when a slot is a fan-out some of whose results do not need a value that has failed. It then finds in its place
   * what stands for it.
   */
  goesOnWithout(frame: Frame, slot: number, source: number, failure: NodeExecutionError): boolean;
  /** Adds what became of the nodes inside. */
  describe(
    root: Frame,
    outcomes: Map<string, NodeOutcome>,
    outcomeOf: (name: string, slot: number) => NodeOutcome,
  ): void;
}
