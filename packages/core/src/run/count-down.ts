/** What each slot of a frame waits for when the concurrent scheduler takes over. */
import type { Plan } from '../plan/plan.js';
import { type Frame, idle, pending, statusOf, succeeded } from './frame.js';

export interface CountDown {
  /** Unfinished dependencies of each slot. */
  readonly waiting: Int32Array;
  /** Consumers that still need each slot's value; outputs count one more. */
  readonly uses: Int32Array;
  readonly ready: number[];
  /**
   * Marks a slot and all that it needs as wanted, up to the sides of branches, and lists those that were not
   * wanted before. Undefined without branches.
   */
  readonly demand: ((slot: number) => readonly number[]) | undefined;
}

/** @param from - the slot at which the synchronous loop stopped; slots before it are finished. */
export function countDown(frame: Frame, from: number | undefined): CountDown {
  const { plan } = frame;
  const first = from ?? plan.given;
  const waiting = new Int32Array(plan.count);
  const uses = new Int32Array(plan.count);
  const ready: number[] = [];
  const status = statusOf(frame);
  for (const { slot } of plan.outputs) uses[slot]!++;
  status.fill(succeeded, 0, first);
  const demand = plan.branches === undefined ? undefined : demandIn(plan, status);
  if (demand !== undefined) {
    status.fill(idle, first);
    for (const { slot } of plan.outputs) demand(slot);
  }
  for (let slot = first; slot < plan.count; slot++) {
    for (let edge = plan.argStart[slot]!; edge < plan.argStart[slot + 1]!; edge++) {
      const source = plan.args[edge]!;
      uses[source]!++;
      if (source >= first) waiting[slot]!++;
    }
    const waits = waiting[slot]! > 0 || plan.branches?.has(slot);
    if (!waits && slot !== from && status[slot] === pending) ready.push(slot);
  }
  return { waiting, uses, ready, demand };
}

function demandIn({ argStart, args, branches }: Plan, status: Uint8Array) {
  return (wanted: number): number[] => {
    const found: number[] = [];
    const open = [wanted];
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      if (status[slot] !== idle) continue;
      status[slot] = pending;
      found.push(slot);
      const last = branches!.has(slot) ? argStart[slot]! + 1 : argStart[slot + 1]!;
      for (let edge = argStart[slot]!; edge < last; edge++) open.push(args[edge]!);
    }
    return found;
  };
}
