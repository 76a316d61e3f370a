/** What branches need of a run. Given by the part that knows them. */
import type { BranchChoices } from '../plan/readers.js';
import type { Frame } from './frame.js';
import type { CountDown } from './count-down.js';
import type { NodeExecutionError } from './node-execution-error.js';

export interface BranchEngine extends BranchChoices {
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
