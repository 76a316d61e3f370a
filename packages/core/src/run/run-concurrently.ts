/**
 * The concurrent scheduler: a countdown of unfinished dependencies per slot. Every ready slot is started at
 * once, up to `maxConcurrency` promises in flight; synchronous nodes still run in place, without a promise.
 * Nothing polls and nothing recurses.
 */
import { callNode, type NodeContexts } from './call-node.js';
import { NodeExecutionError } from './node-execution-error.js';
import {
  type Call,
  failed,
  isThenable,
  pending,
  type RunState,
  skipped,
  statusOf,
  succeeded,
} from './run-state.js';

export interface ConcurrentOptions {
  readonly maxConcurrency: number;
  readonly onError: 'fail' | 'continue';
  /** What to call instead of the functions themselves. */
  readonly call: Call | undefined;
  /** The promise on which the synchronous loop stopped. */
  readonly first?: { readonly slot: number; readonly promise: PromiseLike<unknown> } | undefined;
  /** Called once, when nothing runs and nothing more will start. */
  readonly onDone: () => void;
}

interface ConcurrentRun extends NodeContexts {
  readonly state: RunState;
  /** True once the run must start nothing new. */
  readonly isStopped: boolean;
  stop(): void;
}

export function runConcurrently(run: ConcurrentRun, options: ConcurrentOptions): void {
  const { state } = run;
  const { plan, values } = state;
  const { argStart, args, inputs } = plan;
  // The options are not kept: the promise in them would hold its value until the run ends.
  const { maxConcurrency, onError, call, onDone, first } = options;
  const status = statusOf(state);
  const { start, slots } = plan.successors();
  const { waiting, uses, ready } = countDown(state, first?.slot);
  let head = 0;
  let inFlight = 0;
  let finished = false;

  if (first !== undefined) follow(first.slot, first.promise);
  drain();

  function drain(): void {
    const before = inputs.values;
    inputs.values = values;
    while (head < ready.length && inFlight < maxConcurrency && !run.isStopped) {
      const slot = ready[head++]!;
      let value: unknown;
      try {
        value = call === undefined ? callNode(plan, values, slot, run) : call(slot);
      } catch (error) {
        fail(slot, error);
        continue;
      }
      if (isThenable(value)) follow(slot, value);
      else succeed(slot, value);
    }
    inputs.values = before;
    if (head === ready.length) {
      ready.length = 0;
      head = 0;
    }
    if (inFlight === 0 && !finished) {
      finished = true;
      onDone();
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
    if (onError === 'continue') skipDependents(slot);
    else run.stop();
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
    for (let edge = argStart[slot]!; edge < argStart[slot + 1]!; edge++) {
      const source = args[edge]!;
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
function countDown(state: RunState, from: number | undefined): CountDown {
  const { plan } = state;
  const first = from ?? plan.given;
  const waiting = new Int32Array(plan.count);
  const uses = new Int32Array(plan.count);
  const ready: number[] = [];
  for (const { slot } of plan.outputs) uses[slot]!++;
  statusOf(state).fill(succeeded, 0, first);
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
