import { asPromise } from '../model/as-promise.js';
import { type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { onAbort } from './on-abort.js';
import { startTimer } from './timer.js';
import { isThenable } from '../model/is-thenable.js';
import { giverOf, givenBy } from '../model/promises.js';
import { changeContext } from '../run/context-reads.js';
import type { NodeContext } from '../model/functions.js';
import { aroundCalls } from './around-calls.js';
import { checkedStep } from '../draft/checked-step.js';
import { optionProblems } from '../errors/option-problems.js';
import { required } from '../errors/option-rules.js';

/**
 * Fails the node with `FP_NODE_TIMEOUT` when its promise takes too long.
 *
 * Takes seconds, as `run.timeout` does, or `{ ms }`; above 0. At the deadline the `signal` of the node context is
 * aborted with the error, and the node has failed, whether or not the function listens; what it gives later is
 * dropped. A function that does not pass its signal on goes on in the background. The error is worth a retry.
 *
 * A synchronous function cannot be interrupted: however long it takes, its value counts. The same holds for the
 * synchronous part of an asynchronous one.
 *
 * It stacks with `retry` in the order written: `timeout(5), retry(…)` limits each attempt, `retry(…), timeout(5)`
 * all of them together. Every node that the export has become so far has its own deadline, but not parts taken
 * out of a value, nor checks.
 *
 * A wrong duration and generator functions are problems `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, node, type NodeContext, timeout } from '@flowerpower/core';
 *
 * const page = async ({ url }: { url: string }, { signal }: NodeContext) => (await fetch(url, { signal })).text();
 * const m = { page: node(page, timeout(10)), quick: node(async () => 1, timeout({ ms: 200 })) };
 * await createDriver({ modules: [m] }).execute(['quick']); // { quick: 1 }
 * ```
 */
export function timeout(duration: number | { readonly ms: number }) {
  const given = typeof duration === 'number' ? { ms: duration * 1000 } : duration;
  const step = checkedStep(() => optionProblems(given, rules()), {
    name: 'timeout',
    apply(nodes, context) {
      return aroundCalls(
        nodes,
        'timeout',
        context,
        (node) => (call, of) => callWithDeadline(call, of, given.ms, node),
      );
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> => withStep(definition, step);
}

const rules = () => ({
  ms: required({
    fits: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
    expected: 'a number above 0',
    hint: 'Write seconds, timeout(1.5), or milliseconds, timeout({ ms: 1500 }).',
  }),
});

function callWithDeadline(
  call: (context: NodeContext) => unknown,
  context: NodeContext,
  timeoutMs: number,
  draft: NodeDraft,
): unknown {
  const { signal, log, node } = context;
  const controller = new AbortController();
  let expire: ((error: FlowerPowerError) => void) | undefined;
  const timer = startTimer(timeoutMs, () => {
    const error = timeoutError(draft, node, timeoutMs);
    controller.abort(error);
    expire?.(error);
  });
  const forget = onAbort(signal, () => {
    controller.abort(signal.reason);
    // The deadline still holds for a function that ignores the abort, but nobody may be left to wait for it.
    timer.unref();
  });
  const end = () => {
    timer.cancel();
    forget();
  };

  let value: unknown;
  try {
    value = call(changeContext(context, { signal: controller.signal }));
    if (!isThenable(value)) {
      end();
      return value;
    }
  } catch (error) {
    end();
    throw error;
  }
  const settled = asPromise(value);
  const limited = new Promise((resolve, reject) => {
    let isLate = false;
    expire = (error) => {
      isLate = true;
      reject(error);
    };
    settled.then(
      (given) => {
        end();
        resolve(given);
      },
      (error: unknown) => {
        end();
        if (isLate && error !== controller.signal.reason) {
          log.debug(`The node '${node}' failed after its timeout.`, { node, error });
        }
        reject(error);
      },
    );
  });
  return givenBy(limited, giverOf(value));
}

function timeoutError({ place }: NodeDraft, node: string, timeoutMs: number): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_NODE_TIMEOUT',
    message: `The node '${node}' took longer than its timeout of ${timeoutMs / 1000} s.`,
    hint: 'Raise the timeout, and pass the signal of the node context on to whatever the node waits for.',
    places: place ? [place] : [],
    context: { node, timeoutMs },
  });
}
