/**
 * The concurrent scheduler: a countdown of unfinished dependencies per slot. Every ready slot is started at
 * once, as long as the run has permits; synchronous nodes still run in place, without a promise. Nothing polls
 * and nothing recurses.
 */
import { asPromise } from '../model/as-promise.js';
import { callNode } from './call-node.js';
import { countDown } from './count-down.js';
import { failSlot } from './fail-slot.js';
import { isThenable } from '../model/is-thenable.js';
import { type Frame, idle, pending, skipped, statusOf, succeeded } from './frame.js';
import type { NodeExecutionError } from './node-execution-error.js';
import type { RunContext } from './run-context.js';
import type { OrderedOutcome } from './run-in-order.js';

export interface ConcurrentOptions {
  /** `continue`: everything in the frame that does not depend on a failure still runs. */
  readonly onError: 'fail' | 'continue';
  /** Where the synchronous loop stopped. */
  readonly from?: Extract<OrderedOutcome, { kind: 'promise' | 'failed' }> | undefined;
  /** Called before anything starts, with the slots that are ready, and with what skips all that needs a slot. */
  readonly onBegin?:
    | ((ready: number[], skipDependents: (slot: number, failure: NodeExecutionError) => void) => void)
    | undefined;
  /** Called once, when nothing runs and nothing more will start. */
  readonly onDone: () => void;
}

export function runConcurrently(run: RunContext, frame: Frame, options: ConcurrentOptions): void {
  const { plan, calls, values } = frame;
  const { argStart, args, waitsForItems, shared } = plan;
  const { instrumented, permits } = run;
  // The options are not kept: the promise in them would hold its value until the frame ends.
  const { onError, onBegin, onDone, from } = options;
  const { owner } = frame;
  const status = statusOf(frame);
  const { start, slots } = plan.successors();
  const branches = plan.branches && run.branches!.begin(frame, from?.slot ?? plan.given, skipDependents);
  const counts = countDown(frame, from?.slot);
  const { waiting, uses, ready } = counts;
  let head = 0;
  let inFlight = 0;
  let finished = false;

  onBegin?.(ready, skipDependents);
  branches?.start(counts);
  if (from?.kind === 'promise') follow(from.slot, from.promise);
  if (from?.kind === 'failed') fail(from.slot, from.error);
  drain();

  function drain(): void {
    const before = calls.values;
    calls.values = values;
    while (head < ready.length && (owner.isSynchronous || permits.isFree) && !owner.isStopped) {
      run.order?.(ready, head, plan);
      const slot = ready[head++]!;
      let value: unknown;
      let isLater: boolean;
      try {
        value =
          instrumented === undefined ? callNode(calls, values, slot, run, frame) : instrumented(frame, slot);
        isLater = isThenable(value);
      } catch (error) {
        fail(slot, error);
        continue;
      }
      if (!isLater) succeed(slot, value);
      else if (owner.isSynchronous)
        fail(slot, owner.refuse(plan.nodes[slot]!.name, value as PromiseLike<unknown>));
      else follow(slot, value as PromiseLike<unknown>);
    }
    calls.values = before;
    const isIdle = head === ready.length || owner.isStopped;
    if (head === ready.length) {
      ready.length = 0;
      head = 0;
    }
    if (!isIdle) permits.wait(drain);
    else if (inFlight === 0 && !finished) {
      finished = true;
      onDone();
    }
  }

  function follow(slot: number, promise: PromiseLike<unknown>): void {
    const takesPermit = !waitsForItems?.has(slot);
    inFlight++;
    if (takesPermit) permits.take();
    asPromise(promise).then(
      (value: unknown) => {
        inFlight--;
        succeed(slot, value);
        if (takesPermit) permits.release();
        drain();
      },
      (error: unknown) => {
        inFlight--;
        fail(slot, error);
        if (takesPermit) permits.release();
        drain();
      },
    );
  }

  function succeed(slot: number, value: unknown): void {
    if (shared?.[slot] === 1) {
      const refusal = run.readers!.refusal(plan, slot, value, run.branches);
      if (refusal !== undefined) {
        fail(slot, refusal);
        return;
      }
    }
    status[slot] = succeeded;
    values[slot] = value;
    release(slot);
    for (let index = start[slot]!; index < start[slot + 1]!; index++) {
      const next = slots[index]!;
      if (branches?.has(next)) branches.settle(next, slot);
      else arrive(next);
    }
  }

  /** One of the values that a slot waits for is there, or will never be. */
  function arrive(next: number): void {
    if (--waiting[next]! === 0 && status[next] === pending) ready.push(next);
  }

  function fail(slot: number, error: unknown): void {
    if (run.fanOuts?.isInterruption(error)) return;
    const failure = failSlot(run, frame, slot, error);
    if (onError === 'continue') skipDependents(slot, failure);
    release(slot);
  }

  function skipDependents(origin: number, failure: NodeExecutionError): void {
    const blame = (frame.blame ??= new Map());
    const open = [origin];
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      for (let index = start[slot]!; index < start[slot + 1]!; index++) {
        const next = slots[index]!;
        if (status[next] !== pending && status[next] !== idle) continue;
        if (branches?.isIndifferent(next, slot)) continue;
        if (run.fanOuts?.goesOnWithout(frame, next, slot, failure)) {
          // What is given was never waited for.
          if (slot >= plan.given) arrive(next);
          continue;
        }
        status[next] = skipped;
        blame.set(next, failure);
        open.push(next);
      }
    }
  }

  /** Frees each argument whose last consumer has it. */
  function release(slot: number): void {
    for (let edge = argStart[slot]!; edge < argStart[slot + 1]!; edge++) {
      const source = args[edge]!;
      if (--uses[source]! === 0) values[source] = undefined;
    }
  }
}
