/** What branches need of a run. Given by the part that knows them. */
import type { Plan } from '../plan/plan.js';
import type { Frame } from './frame.js';
import type { CountDown } from './count-down.js';
import type { NodeExecutionError } from './node-execution-error.js';

export interface BranchEngine {
  /**
   * Leaves out, until it is chosen, what only the sides of branches need.
   *
   * @param first - the first slot that has not run.
   * @param skipDependents - skips whatever needs the slot, because of the failure.
   */
  begin(
    frame: Frame,
    first: number,
    skipDependents: (slot: number, failure: NodeExecutionError) => void,
  ): Branching;
  /** True when two of the slots run in one run for some choice of sides; -1 is whoever gets the outputs. */
  canBothRun(
    plan: Pick<Plan, 'given' | 'count' | 'argStart' | 'args' | 'outputs' | 'branches'>,
    slots: readonly number[],
  ): boolean;
  /** The value of the chosen side. Throws what the choice has thrown. */
  valueOf(frame: Frame, slot: number): unknown;
}

/** The branches of a frame, as the concurrent scheduler meets them. */
interface Branching {
  has(slot: number): boolean;
  /** Takes the sides of those branches whose choice is known from the start. */
  start(counts: CountDown): void;
  /** Called when one of a branch's arguments is there. */
  settle(branch: number, source: number): void;
  /** True when the slot is a branch that goes on without `source`: it does not choose, and was not chosen. */
  isIndifferent(slot: number, source: number): boolean;
}
