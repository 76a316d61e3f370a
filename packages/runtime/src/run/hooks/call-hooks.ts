/** Calls the hooks of a run. */
import { asPromise, isThenable, messageOf } from '@flowerpower/core';
import { runtimeError } from '../../errors/runtime-error.js';
import type { ActiveRun } from '../attempts/active-run.js';
import type { RunOutcome } from '../report/run-result.js';
import type { RunSession } from '../session/run-session.js';
import type { AfterRun, BeforeRun, RunHook, RunHooks } from '../../config/run-hooks.js';

/** A stop of the run ends the wait for them. @throws (rejects) `FP_HOOK_FAILED` */
export async function callBefore(active: ActiveRun, hooks: RunHooks | undefined): Promise<void> {
  const { signal } = active.stop;
  for (const hook of hooks?.before ?? []) {
    if (signal.aborted) return;
    try {
      await orAborted(asPromise(Promise.resolve(hook.call(toldBefore(active)))), signal);
    } catch (cause) {
      throw hookFailed(hook, cause);
    }
  }
}

/** @throws `FP_HOOK_FAILED`, and `FP_NOT_SYNCHRONOUS` for a hook that gives a promise. */
export function callBeforeSync(active: ActiveRun, hooks: RunHooks | undefined): void {
  for (const hook of hooks?.before ?? []) {
    let given: unknown;
    try {
      given = hook.call(toldBefore(active));
    } catch (cause) {
      throw hookFailed(hook, cause);
    }
    if (!isThenable(given)) continue;
    asPromise(given).catch(() => {});
    throw runtimeError({
      code: 'FP_NOT_SYNCHRONOUS',
      message: `The hook ${hook.name} gave a promise in a synchronous run.`,
      hint: 'Use run(...) instead of runSync(...).',
      places: hook.place && [hook.place],
    });
  }
}

/** @returns a promise when a hook gave one; it never rejects. */
export function callAfter(
  session: RunSession,
  hooks: RunHooks | undefined,
  outcome: RunOutcome,
): Promise<void> | undefined {
  const { runId, pipeline, log } = session;
  const told: AfterRun = { runId, pipeline, outcome, log };
  let last: Promise<void> | undefined;
  for (const hook of hooks?.after ?? []) {
    const report = (error: unknown) =>
      log.error(`The hook ${hook.name} failed; the outcome of the run stays as it is.`, { error });
    const call = (): Promise<void> | undefined => {
      try {
        const given = hook.call(told);
        return isThenable(given) ? asPromise(given).then(() => {}, report) : undefined;
      } catch (error) {
        report(error);
        return undefined;
      }
    };
    last = last === undefined ? call() : last.then(call);
  }
  return last;
}

function toldBefore({ runId, pipeline, prepared, stop, log }: ActiveRun): BeforeRun {
  return {
    runId,
    pipeline,
    inputs: { ...prepared.inputs },
    outputs: prepared.outputs,
    signal: stop.signal,
    log,
  };
}

function hookFailed(hook: RunHook<BeforeRun>, cause: unknown) {
  return runtimeError(
    {
      code: 'FP_HOOK_FAILED',
      message: `The hook ${hook.name} failed: ${messageOf(cause)} No node was run.`,
      hint: 'A hook that is called before a run may refuse it by throwing.',
      places: hook.place && [hook.place],
    },
    { cause },
  );
}

/** Resolves as soon as the signal is aborted; what comes later is nobody's. */
function orAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
