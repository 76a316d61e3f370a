/** The branches of a frame, as the concurrent scheduler meets them: which side is taken, and what runs for it. */
import type { CountDown } from './count-down.js';
import { type Frame, failed, pending, skipped, statusOf, succeeded } from './frame.js';
import type { NodeExecutionError } from './node-execution-error.js';

export interface Branching {
  has(slot: number): boolean;
  /** Takes the sides of those branches whose choice is known from the start. */
  begin(): void;
  /** Called when one of a branch's arguments is there. */
  settle(branch: number, source: number): void;
  /** True when the slot is a branch that goes on without `source`: it does not choose, and was not chosen. */
  isIndifferent(slot: number, source: number): boolean;
}

/** In the place of a branch's count: it is in the list of what is ready. */
const queued = -1;

/** @param skipDependents - skips whatever needs the slot, because of the failure. */
export function createBranching(
  frame: Frame,
  { waiting, ready, demand }: CountDown,
  skipDependents: (slot: number, failure: NodeExecutionError) => void,
): Branching {
  const { plan, values } = frame;
  const { argStart, args } = plan;
  const branches = plan.branches!;
  const status = statusOf(frame);
  return {
    has: (slot) => branches.has(slot),
    begin() {
      choose(
        [...branches.keys()].filter(
          (slot) => status[slot] === pending && status[choiceOf(slot)] === succeeded,
        ),
      );
    },
    settle(branch, source) {
      if (status[branch] !== pending) return;
      const chosen = frame.chosen?.get(branch);
      if (chosen === source) enqueue(branch);
      else if (chosen === undefined && source === choiceOf(branch)) choose([branch]);
    },
    isIndifferent: (slot, source) =>
      branches.has(slot) && source !== choiceOf(slot) && source !== frame.chosen?.get(slot),
  };

  function choiceOf(branch: number): number {
    return args[argStart[branch]!]!;
  }

  /** @param open - branches that are wanted and whose choice is there. */
  function choose(open: number[]): void {
    for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
      const side = sideOf(branch);
      // The call of the branch fails with what the choice has thrown, so that adapters see it.
      if (side === undefined) enqueue(branch);
      else take(branch, side, open);
    }
  }

  /** Undefined where nothing can be chosen. */
  function sideOf(branch: number): number | undefined {
    const choice = choiceOf(branch);
    // What stands for the choice stands for the branch as well.
    if (frame.replaced?.has(plan.nodes[choice]!)) return choice;
    try {
      return args[argStart[branch]! + branches.get(branch)!.choose(values[choice])]!;
    } catch {
      return undefined;
    }
  }

  function take(branch: number, side: number, open: number[]): void {
    (frame.chosen ??= new Map()).set(branch, side);
    const blame = blameFor(side);
    if (blame !== undefined) {
      status[branch] = skipped;
      (frame.blame ??= new Map()).set(branch, blame);
      skipDependents(branch, blame);
    } else if (status[side] === succeeded) enqueue(branch);
    else want(side, open);
  }

  /** Starts what only this side needs. */
  function want(side: number, open: number[]): void {
    for (const slot of demand!(side)) {
      if (!branches.has(slot)) {
        if (waiting[slot] === 0) ready.push(slot);
      } else if (status[choiceOf(slot)] === succeeded) open.push(slot);
    }
  }

  function blameFor(slot: number): NodeExecutionError | undefined {
    if (status[slot] === skipped) return frame.blame!.get(slot);
    if (status[slot] !== failed) return undefined;
    return frame.blame?.get(slot) ?? frame.failures!.find(({ node }) => node === plan.nodes[slot]?.name);
  }

  /** What chooses may also be what is chosen, so a branch may be asked for twice. */
  function enqueue(branch: number): void {
    if (waiting[branch] === queued) return;
    waiting[branch] = queued;
    ready.push(branch);
  }
}
