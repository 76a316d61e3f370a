/** Which side of a branch is taken, and what runs for it. */
import type { BranchEngine } from '../run/branches.js';
import type { CountDown } from '../run/count-down.js';
import { type Frame, failed, idle, pending, skipped, statusOf, succeeded } from '../run/frame.js';
import type { NodeExecutionError } from '../run/node-execution-error.js';
import { chooseSide } from './choose-side.js';

/** In the place of a branch's count: it is in the list of what is ready. */
const queued = -1;

export const valueOfBranch: BranchEngine['valueOf'] = (frame, slot) =>
  frame.values[frame.chosen?.get(slot) ?? chosenSide(slot, frame)];

/** The slot that the value of the choice names. Throws `FP_NO_BRANCH`. */
function chosenSide(slot: number, { plan, values }: Frame): number {
  const start = plan.argStart[slot]!;
  const side = chooseSide(plan.nodes[slot]!.branch!, values[plan.args[start]!]);
  return plan.args[start + plan.shapes[slot]!.keys.indexOf(side)]!;
}

export const beginBranching: BranchEngine['begin'] = (frame, first, skipDependents) => {
  const { plan } = frame;
  const { argStart, args } = plan;
  const branches = plan.branches!;
  const status = statusOf(frame);
  let counts: CountDown;
  status.fill(idle, first);
  for (const { slot } of plan.outputs) demand(slot);
  return {
    has: (slot) => branches.has(slot),
    start(counted) {
      counts = counted;
      choose(
        [...branches].filter((slot) => status[slot] === pending && status[choiceOf(slot)] === succeeded),
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

  /** Marks a slot and all that it needs as wanted, up to the sides of branches, and lists those that were not before. */
  function demand(wanted: number): number[] {
    const found: number[] = [];
    const open = [wanted];
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      if (status[slot] !== idle) continue;
      status[slot] = pending;
      found.push(slot);
      const last = branches.has(slot) ? argStart[slot]! + 1 : argStart[slot + 1]!;
      for (let edge = argStart[slot]!; edge < last; edge++) open.push(args[edge]!);
    }
    return found;
  }

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
      return chosenSide(branch, frame);
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
    for (const slot of demand(side)) {
      if (!branches.has(slot)) {
        if (counts.waiting[slot] === 0) counts.ready.push(slot);
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
    if (counts.waiting[branch] === queued) return;
    counts.waiting[branch] = queued;
    counts.ready.push(branch);
  }
};
