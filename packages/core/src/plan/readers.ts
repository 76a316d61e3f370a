/** What is known of those who read the values of a plan. Given by the parts that know it. */
import type { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { Plan } from './plan.js';

export type PlanEdges = Pick<
  Plan,
  'nodes' | 'given' | 'count' | 'argStart' | 'args' | 'outputs' | 'blocks' | 'fns' | 'branches' | 'sources'
>;

/** What is known of the branches of a plan. */
export interface BranchChoices {
  /** True when two of the slots run in one run for some choice of sides; -1 is whoever gets the outputs. */
  canBothRun(
    plan: Pick<Plan, 'given' | 'count' | 'argStart' | 'args' | 'outputs' | 'branches'>,
    slots: readonly number[],
  ): boolean;
}

/** Looks at values that several read, which no iterator survives. */
export interface Readers {
  /** 1 for the slots that have more than one reader; undefined when there are none. */
  sharedSlots(plan: PlanEdges): Uint8Array | undefined;
  /**
   * What is wrong with the value of a shared slot: that it can be read once, and more than one of its readers may run.
   *
   * @param branches - tells which readers exclude each other.
   */
  refusal(
    plan: PlanEdges,
    slot: number,
    value: unknown,
    branches: BranchChoices | undefined,
  ): FlowerPowerError | undefined;
}
