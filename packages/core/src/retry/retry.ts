import { type NodeDefinition, withStep } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { optionProblems } from '../errors/option-problems.js';
import { aNameList, isRecord, type OptionRule } from '../errors/option-rules.js';
import type { RetryPredicate } from './backoff.js';
import { callWithRetries } from './call-with-retries.js';
import { defaultBudget } from './retry-budget.js';
import { retryRules } from './retry-rules.js';
import { createRetryPolicy } from './retry-policy.js';
import { unknownErrorNames } from './unknown-error-names.js';
import { aroundCalls } from './around-calls.js';
import { checkedStep } from '../draft/checked-step.js';

interface Delays {
  /** Retries after the first attempt. A whole number of at least 0. */
  readonly maxRetries: number;
  /** Seconds before the first retry; each further delay is twice the one before. Default 1; 0: at once. */
  readonly retryDelay?: number;
  /** Lengthens each delay by a random share of itself, up to this factor. Default 0.1. */
  readonly jitterFactor?: number;
  /**
   * `full`: each delay is drawn between 0 and what it would be without chance, in place of `jitterFactor`. Default
   * `added`.
   */
  readonly jitter?: 'added' | 'full';
  /** Seconds, above 0; no delay is longer. Default: 30, or `retryDelay` when that is longer. */
  readonly maxDelay?: number;
  /**
   * Inside a fan-out: how many retries without success there may be in a run, as a share of the calls of all such nodes; 10
   * at least. From 0, `Infinity` for no limit. Default 0.2.
   */
  readonly budget?: number;
}

/** Options of {@link retry}. The words are those of `run.retry` in a pipeline's configuration. */
export type NodeRetryOptions = Delays &
  (
    | {
        /**
         * The errors worth a retry: names of JavaScript's error classes, `FP_…` codes or system codes such as
         * ECONNRESET, of the error or a cause of it. Default: all but programming errors and errors that say
         * `retryable: false`.
         */
        readonly retryExceptions?: readonly string[];
        readonly when?: never;
      }
    | {
        /** Tells whether an error is worth a retry, in place of `retryExceptions`. */
        readonly when: RetryPredicate;
        readonly retryExceptions?: never;
      }
  );

/**
 * Calls the node again when it throws or rejects.
 *
 * The delay before retry `k`, counted from 0, is `retryDelay · 2^k · (1 + jitterFactor · U[0, 1))` seconds, at
 * least the `retryAfter` of the error, at most `maxDelay`. A `RetryableError` is always worth a retry, a
 * `FatalError` never; of the others decide `when`, `retryExceptions`, or without both: everything but an
 * `AbortError`, programming errors (`TypeError`, unless the network caused it, `ReferenceError`, `SyntaxError`,
 * `RangeError`) and errors that say `retryable: false`. The error of the last attempt is that of the node.
 *
 * The items of a fan-out share a budget in each run, so that a service that is down is not asked again for every item. A
 * retry after which the item succeeds costs nothing; when `budget` is used up, the next failure is final, with
 * `FP_RETRY_BUDGET` and the error as its `cause`.
 *
 * Each retry is logged as a warning with `attempt`, `delayMs` and `error`. `attempt` of the node context grows by
 * one, `idempotencyKey` stays. An abort of the run ends a delay at once with the reason of the abort. A retry of
 * the whole pipeline comes only when the node has given up, and gives it all its attempts again.
 *
 * A synchronous node stays synchronous as long as no delay is due; `executeSync` refuses a delay with
 * `FP_NOT_SYNCHRONOUS`, so write `retryDelay: 0` for it. It stacks with `timeout` in the order written:
 * `timeout(5), retry(…)` limits each attempt, `retry(…), timeout(5)` all of them together. Every node that the
 * export has become so far is repeated on its own, but not parts taken out of a value, nor checks. A node that was
 * given something that can be read only once, such as a stream, is not tried again; a warning says so.
 *
 * Wrong options, unknown names and generator functions are problems `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, node, type NodeContext, retry } from '@flowerpower/core';
 *
 * const flaky = ({ x }: { x: number }, { attempt }: NodeContext) => {
 *   if (attempt < 3) throw new Error('busy');
 *   return x * 10 + attempt;
 * };
 * const log = { ...console, warn: () => {} };
 * const m = { answer: node(flaky, retry({ maxRetries: 2, retryDelay: 0 })) };
 * createDriver({ modules: [m], log }).executeSync(['answer'], { inputs: { x: 4 } }); // { answer: 43 }
 * ```
 */
export function retry(options: NodeRetryOptions) {
  const step = checkedStep(() => problemsOf(options), {
    name: 'retry',
    apply(nodes, context) {
      const policy = createRetryPolicy(withDefaults(options));
      const { budget = defaultBudget } = options;
      return aroundCalls(
        nodes,
        'retry',
        context,
        () => (call, given, inputs) => callWithRetries(call, given, inputs, policy, budget),
      );
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> => withStep(definition, step);
}

function withDefaults(options: NodeRetryOptions) {
  return {
    maxRetries: options.maxRetries,
    retryDelay: options.retryDelay ?? 1,
    jitterFactor: options.jitterFactor ?? 0.1,
    jitter: options.jitter,
    maxDelay: options.maxDelay,
    retryExceptions: options.retryExceptions ?? [],
    when: options.when,
  };
}

const aShare: OptionRule = {
  fits: (value) => typeof value === 'number' && value >= 0,
  expected: 'a share of at least 0, or Infinity',
};

function problemsOf(options: NodeRetryOptions): readonly CoreProblem[] {
  const problems = [...optionProblems(options, { ...retryRules(), budget: aShare })];
  if (!isRecord(options)) return problems;
  const { when, retryExceptions } = options;
  if (when !== undefined && retryExceptions !== undefined)
    problems.push(problem('when and retryExceptions both say what is worth a retry', 'Keep one.'));
  if (aNameList.fits(retryExceptions)) problems.push(...unknownErrorNames(retryExceptions!));
  return problems;
}

function problem(message: string, hint: string): CoreProblem {
  return { code: 'FP_BAD_OPTION', message, hint };
}
