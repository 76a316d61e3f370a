import { isReadOnce } from '../model/is-read-once.js';
import { isThenable } from '../model/is-thenable.js';
import { givenBy } from '../model/promises.js';
import { changeContext, unwatched } from '../run/context-reads.js';
import { warnOfItem } from '../run/item-warnings.js';
import type { NodeContext } from '../model/functions.js';
import type { RetryPolicy } from './retry-policy.js';
import { countCall, giveBack, spendRetry } from './retry-budget.js';
import { sleep } from './timer.js';

/**
 * Calls a node until it succeeds, the policy gives up, or the run is aborted. Stays synchronous while the node is
 * and no delay is due.
 *
 * @param call - one attempt; `attempt` of the context that it gets goes on from that of `context`.
 * @param inputs - what the node is given. Something that can be read only once rules a retry out, which would find
 *   it used up and might succeed with too little.
 * @param budget - the share of the calls for items that may be retries.
 * @returns what the last attempt gave. Throws, or rejects with, what the last attempt threw; an abort during a
 *   delay rejects with the reason of the signal.
 */
export function callWithRetries(
  call: (context: NodeContext) => unknown,
  context: NodeContext,
  inputs: readonly unknown[],
  policy: RetryPolicy,
  budget: number,
): unknown {
  const { signal, log, node } = context;
  const spent = countCall(context);
  return attemptFrom(1);

  function attemptFrom(first: number): unknown {
    for (let attempt = first; ; attempt++) {
      let value: unknown;
      try {
        value = call(changeContext(context, { attempt: numberOf(attempt) }));
        if (!isThenable(value)) return succeeded(value, attempt);
      } catch (error) {
        const delayMs = delayAfter(error, attempt);
        if (delayMs === 0) continue;
        return givenBy(
          sleep(delayMs, signal).then(() => attemptFrom(attempt + 1)),
          `A retry of '${node}' is due only after a delay`,
        );
      }
      return settle(value, attempt);
    }
  }

  async function settle(value: PromiseLike<unknown>, attempt: number): Promise<unknown> {
    try {
      return succeeded(await value, attempt);
    } catch (error) {
      const delayMs = delayAfter(error, attempt);
      if (delayMs > 0) await sleep(delayMs, signal);
    }
    return attemptFrom(attempt + 1);
  }

  function succeeded(value: unknown, attempt: number): unknown {
    giveBack(spent, attempt - 1);
    return value;
  }

  /** Throws the error again where no attempt follows. */
  function delayAfter(error: unknown, attempt: number): number {
    if (signal.aborted) throw error;
    const decision = decide(error, attempt);
    if (!decision.retry) throw error;
    if (inputs.some(isReadOnce)) {
      const ofMany = `The node '${node}' failed and was not tried again`;
      const message = `The node '${node}' failed and is not tried again: an input can be read only once.`;
      warnOfItem(context, { message, fields: { node, error }, ofMany });
      throw error;
    }
    spendRetry(spent, budget, node, error);
    const { delayMs } = decision;
    const when = delayMs === 0 ? 'at once' : `in ${Math.round(delayMs) / 1000} s`;
    warnOfItem(context, {
      message: `The node '${node}' failed and is tried again ${when}.`,
      fields: { node, attempt: numberOf(attempt), delayMs, error },
      ofMany: `The node '${node}' failed and was tried again`,
    });
    return delayMs;
  }

  function decide(error: unknown, attempt: number) {
    try {
      return policy.decide([error], attempt);
    } catch (thrown) {
      const message = `'when' in the retry of '${node}' threw, so the node is not tried again.`;
      log.error(message, { node, error: thrown });
      throw error;
    }
  }

  function numberOf(attempt: number): number {
    return unwatched(context).attempt + attempt - 1;
  }
}
