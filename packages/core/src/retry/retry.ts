import { ownProperty } from '../model/own-property.js';
import { type NodeDefinition, withStep } from '../model/definition.js';
import { kindOf } from '../errors/kind-of.js';
import { didYouMean } from '../errors/suggest.js';
import type { RetryPredicate } from './backoff.js';
import { callWithRetries } from './call-with-retries.js';
import { hintForErrorName, knownErrorNames } from './error-names.js';
import { createRetryManager } from './retry-manager.js';
import { aroundCalls } from './around-calls.js';
import { modifierProblem } from '../draft/modifier-problem.js';

interface Delays {
  /** Retries after the first attempt. A whole number of at least 0. */
  readonly maxRetries: number;
  /** Seconds before the first retry; each further delay is twice the one before. Default 1; 0: at once. */
  readonly retryDelay?: number;
  /** Lengthens each delay by a random share of itself, up to this factor. Default 0.1. */
  readonly jitterFactor?: number;
  /** Seconds; no delay is longer. Default: 30, or `retryDelay` when that is longer. */
  readonly maxDelay?: number;
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
  const faults = faultsOf(options);
  const manager = createRetryManager(withDefaults(options));
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition, {
      name: 'retry',
      apply(nodes, context) {
        const [first] = nodes;
        if (first === undefined) return nodes;
        for (const { message, hint } of faults)
          context.report(modifierProblem(first, 'retry', message, hint));
        if (faults.length > 0) return nodes;
        return aroundCalls(
          nodes,
          'retry',
          context,
          () => (call, given, inputs) => callWithRetries(call, given, inputs, manager),
        );
      },
    });
}

/** As the compiler does not see it, the options may be anything; what is wrong with them is reported before use. */
function withDefaults(options: NodeRetryOptions | undefined | null) {
  return {
    maxRetries: options?.maxRetries ?? 0,
    retryDelay: options?.retryDelay ?? 1,
    jitterFactor: options?.jitterFactor ?? 0.1,
    maxDelay: options?.maxDelay,
    retryExceptions: options?.retryExceptions ?? [],
    when: options?.when,
  };
}

interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
}

const rules: Readonly<Record<string, readonly [holds: (value: unknown) => boolean, expected: string]>> = {
  maxRetries: [(value) => Number.isInteger(value) && isNotNegative(value), 'a whole number of at least 0'],
  retryDelay: [isNotNegative, 'a number of seconds of at least 0'],
  jitterFactor: [isNotNegative, 'a number of at least 0'],
  maxDelay: [isNotNegative, 'a number of seconds of at least 0'],
  retryExceptions: [isListOfTexts, 'a list of names'],
  when: [isPredicate, 'a function that tells at once, not by a promise, whether an error is worth a retry'],
};

/** Types are not always there to refuse these. */
function faultsOf(options: unknown): Fault[] {
  if (typeof options !== 'object' || options === null) {
    return [{ message: 'it was given no options', hint: 'Write retry({ maxRetries: 3 }).' }];
  }
  const given = options as Readonly<Record<string, unknown>>;
  const names = Object.keys(rules);
  const faults: Fault[] = [];
  for (const name of new Set(['maxRetries', ...Object.keys(given)])) {
    const rule = ownProperty(rules, name);
    if (rule === undefined) {
      const hint = didYouMean(name, names) ?? `Its options are: ${names.join(', ')}.`;
      faults.push({ message: `there is no option '${name}'`, hint });
    } else if (!rule[0](given[name]) && (given[name] !== undefined || name === 'maxRetries')) {
      faults.push({ message: `${name} must be ${rule[1]}, not ${describe(given[name])}` });
    }
  }
  if (given['when'] !== undefined && given['retryExceptions'] !== undefined) {
    faults.push({ message: 'when and retryExceptions both say what is worth a retry', hint: 'Keep one.' });
  }
  if (isListOfTexts(given['retryExceptions'])) faults.push(...unknownNames(given['retryExceptions']));
  return faults;
}

/** The codes of other packages are not known here. */
const flowerPowerCode = /^FP_[A-Z\d_]+$/;

function unknownNames(names: readonly string[]): Fault[] {
  const known = knownErrorNames();
  return names
    .filter((name) => !known.has(name) && !flowerPowerCode.test(name))
    .map((name) => ({
      message: `retryExceptions names '${name}', which is not a known error`,
      hint:
        hintForErrorName(name, known) ??
        `For a class of your own: when: (error) => error instanceof ${name}.`,
    }));
}

function isPredicate(value: unknown): boolean {
  return typeof value === 'function' && !Object.prototype.toString.call(value).startsWith('[object Async');
}

function isNotNegative(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function describe(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : kindOf(value);
}
