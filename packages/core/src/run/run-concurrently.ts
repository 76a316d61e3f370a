/**
 * The concurrent scheduler: a countdown of unfinished dependencies per slot. Every ready slot is started at
 * once, up to `maxConcurrency` promises in flight; synchronous nodes still run in place, without a promise.
 * Nothing polls and nothing recurses.
 */
import { NodeExecutionError } from './node-execution-error.js';
import { type Call, failed, isThenable, pending, type RunState, skipped, succeeded } from './run-state.js';

export interface ConcurrentOptions {
  readonly maxConcurrency: number;
  readonly onError: 'fail' | 'continue';
  /** True once the run must start nothing new. */
  readonly isStopped: () => boolean;
  /** Called at each failure, before anything else starts. */
  readonly onFailure: () => void;
  /** The promise on which the synchronous loop stopped. */
  readonly first?: { readonly slot: number; readonly promise: PromiseLike<unknown> } | undefined;
  /** Called once, when nothing runs and nothing more will start. */
  readonly onDone: () => void;
}

export function runConcurrently(state: RunState, call: Call, options: ConcurrentOptions): void {
  const { plan, values, status } = state;
  const { start, slots } = plan.successors();
  const { waiting, uses, ready } = countDown(state, options.first?.slot);
  let head = 0;
  let inFlight = 0;
  let finished = false;

  if (options.first !== undefined) follow(options.first.slot, options.first.promise);
  drain();

  function drain(): void {
    while (head < ready.length && inFlight < options.maxConcurrency && !options.isStopped()) {
      const slot = ready[head++]!;
      let value: unknown;
      try {
        value = call(slot);
      } catch (error) {
        fail(slot, error);
        continue;
      }
      if (isThenable(value)) follow(slot, value);
      else succeed(slot, value);
    }
    if (head > 1024 && head * 2 > ready.length) {
      ready.splice(0, head);
      head = 0;
    }
    if (inFlight === 0 && !finished) {
      finished = true;
      options.onDone();
    }
  }

  function follow(slot: number, promise: PromiseLike<unknown>): void {
    inFlight++;
    // A foreign thenable may settle twice or throw; a native promise keeps those promises.
    const native = promise instanceof Promise ? promise : Promise.resolve(promise);
    native.then(
      (value: unknown) => {
        inFlight--;
        succeed(slot, value);
        drain();
      },
      (error: unknown) => {
        inFlight--;
        fail(slot, error);
        drain();
      },
    );
  }

  function succeed(slot: number, value: unknown): void {
    status[slot] = succeeded;
    values[slot] = value;
    release(slot);
    for (let index = start[slot]!; index < start[slot + 1]!; index++) {
      const next = slots[index]!;
      if (--waiting[next]! === 0 && status[next] === pending) ready.push(next);
    }
  }

  function fail(slot: number, error: unknown): void {
    status[slot] = failed;
    state.failures.push({ slot, error: new NodeExecutionError(plan, slot, values, error) });
    options.onFailure();
    if (options.onError === 'continue') skipDependents(slot);
    release(slot);
  }

  function skipDependents(origin: number): void {
    const open = [origin];
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      for (let index = start[slot]!; index < start[slot + 1]!; index++) {
        const next = slots[index]!;
        if (status[next] !== pending) continue;
        status[next] = skipped;
        state.blame![next] = origin;
        open.push(next);
      }
    }
  }

  /** Frees each argument whose last consumer has it. */
  function release(slot: number): void {
    for (let edge = plan.argStart[slot]!; edge < plan.argStart[slot + 1]!; edge++) {
      const source = plan.args[edge]!;
      if (--uses[source]! === 0) values[source] = undefined;
    }
  }
}

interface CountDown {
  /** Unfinished dependencies of each slot. */
  readonly waiting: Int32Array;
  /** Consumers that still need each slot's value; outputs count one more. */
  readonly uses: Int32Array;
  readonly ready: number[];
}

/** @param from - the slot at which the synchronous loop stopped; slots before it are finished. */
function countDown({ plan, status }: RunState, from: number | undefined): CountDown {
  const first = from ?? plan.given;
  const waiting = new Int32Array(plan.count);
  const uses = new Int32Array(plan.count);
  const ready: number[] = [];
  for (const { slot } of plan.outputs) uses[slot]!++;
  status.fill(succeeded, 0, first);
  for (let slot = first; slot < plan.count; slot++) {
    for (let edge = plan.argStart[slot]!; edge < plan.argStart[slot + 1]!; edge++) {
      const source = plan.args[edge]!;
      uses[source]!++;
      if (source >= first) waiting[slot]!++;
    }
    if (waiting[slot] === 0 && slot !== from) ready.push(slot);
  }
  return { waiting, uses, ready };
}
