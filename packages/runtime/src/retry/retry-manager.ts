/** Tries work of any kind again by the rules that runs and nodes are retried by. */
import {
  aFunction,
  aSignal,
  aText,
  asPromise,
  createRetryPolicy,
  isThenable,
  type OptionRule,
  type OptionRules,
  optionProblems,
  optionsOf,
  refuseOptions,
  required,
  requireArgument,
  requireOptions,
  type RetryDecision,
  type RetryOptions,
  type RetryPolicy,
  type RetryPredicate,
  unknownErrorNames,
  withMethods,
} from '@flowerpower/core';
import { aCallback, type Callback, callCallback } from '../callbacks/callback.js';
import { type Clock, systemClock } from '../clock/clock.js';
import { sleep } from '../clock/sleep.js';
import { createLogger, type Logger } from '../logging/logger.js';
import { textSink } from '../logging/text-sink.js';
import { attemptTimedOut, refusedPromise, refusedTimeout } from './attempt-errors.js';

export interface RetryManagerOptions extends Partial<RetryOptions> {
  /** Retries after the first attempt. A whole number of at least 0. Default 3. */
  readonly maxRetries?: number;
  /** Tells whether an error is worth a retry, in place of `retryExceptions`. */
  readonly when?: RetryPredicate | undefined;
  /** Seconds, above 0, for each attempt of `execute`; one that takes longer fails with `FP_ATTEMPT_TIMEOUT`. */
  readonly attemptTimeout?: number | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Numbers from [0, 1), for the jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Where retries and callbacks that throw are logged. Default: text on standard error. */
  readonly log?: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> | undefined;
}

/** What one attempt is told. */
export interface RetryAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  /** Aborted by the caller's signal, and when the attempt takes too long. */
  readonly signal: AbortSignal;
}

export interface ExecuteWithRetriesOptions<T> {
  /** What is tried, in log lines. Default: the name of the function. */
  readonly name?: string | undefined;
  /** Called once, with what the work gave. What it throws is logged and changes nothing. */
  readonly onSuccess?: Callback<[result: T, error: undefined]> | undefined;
  /** Called once, after the last attempt failed. What it throws is logged and changes nothing. */
  readonly onFailure?: Callback<[result: undefined, error: unknown]> | undefined;
}

export interface RetryManager extends RetryPolicy {
  /**
   * Calls the work until it succeeds, the rules give up, or the signal is aborted, which ends a wait at once. Callbacks are
   * waited for.
   *
   * @returns what the last attempt gave. Rejects with what it threw, untouched; with the reason of the signal when that
   *   ended a wait, or was aborted before the first attempt.
   */
  execute<T>(
    work: (attempt: RetryAttempt) => T | PromiseLike<T>,
    options?: ExecuteWithRetriesOptions<T> & { readonly signal?: AbortSignal | undefined },
  ): Promise<T>;
  /**
   * The same for work that is synchronous. Waits block the thread; a promise of a callback is not waited for.
   *
   * @throws what the last attempt threw; FlowerPowerError `FP_NOT_SYNCHRONOUS` when the work gives a promise, and
   *   `FP_BAD_OPTION` with `attemptTimeout`, which cannot end a synchronous function.
   */
  executeSync<T>(work: (attempt: RetryAttempt) => T, options?: ExecuteWithRetriesOptions<T>): T;
}

const aTimeout: OptionRule = {
  fits: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
  expected: 'a number of seconds above 0',
};

const hostRules: OptionRules = {
  attemptTimeout: aTimeout,
  clock: withMethods('a clock', 'wallMs', 'elapsedMs', 'schedule', 'block'),
  random: aFunction,
  log: withMethods('a log, as createLogger makes it', 'debug', 'info', 'warn', 'error'),
};
const callRules: OptionRules = { name: aText, onSuccess: aCallback, onFailure: aCallback };

/**
 * Delays follow `retryDelay · 2^k · (1 + jitterFactor · U[0, 1))` seconds, or full jitter, at least what `retryAfter` on the
 * error asks for, at most `maxDelay`; see {@link RetryOptions}. Default: 3 retries after 1, 2 and 4 seconds, of every error
 * but programming errors and those that say `retryable: false`.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name, and for names of errors that are not known.
 *
 * @example
 * ```ts
 * import { createRetryManager, RetryableError } from '@flowerpower/runtime';
 *
 * const retries = createRetryManager({ maxRetries: 2, retryDelay: 0 });
 * const rates = await retries.execute(({ attempt }) => {
 *   if (attempt < 3) throw new RetryableError('busy');
 *   return { EUR: 1 };
 * });
 * rates; // { EUR: 1 }
 * ```
 */
export function createRetryManager(options: RetryManagerOptions = {}): RetryManager {
  const { attemptTimeout, clock = systemClock, random = Math.random, log: ownLog, ...rules } = options;
  requireOptions({ attemptTimeout, clock, random, log: ownLog }, hostRules, 'createRetryManager');
  const policy = createRetryPolicy(
    { maxRetries: 3, retryDelay: 1, jitterFactor: 0.1, retryExceptions: [], ...given(rules) },
    random,
    'createRetryManager',
  );
  refuseOptions(optionsOf('createRetryManager', unknownErrorNames(rules.retryExceptions ?? [])));
  const log = ownLog ?? createLogger({ sink: textSink(), clock });

  /** What follows a failed attempt; throws the error where none follows. */
  function delayAfter(error: unknown, attempt: number, name: string): number {
    const decision: RetryDecision = policy.decide([error], attempt);
    if (!decision.retry) throw error;
    const { delayMs } = decision;
    const when = delayMs === 0 ? 'at once' : `in ${Math.round(delayMs) / 1000} s`;
    log.warn(`'${name}' failed and is tried again ${when}.`, { attempt, delayMs, error });
    return delayMs;
  }

  /** @returns a promise that never rejects when the callback gave one. */
  function tell<Args extends readonly unknown[]>(
    name: string,
    callback: Callback<Args> | undefined,
    told: Args,
  ): Promise<void> | undefined {
    const report = (error: unknown) =>
      log.error(`The callback ${name} threw; the outcome stays as it is.`, { error });
    try {
      const returned = callback && callCallback(callback, told);
      return isThenable(returned) ? asPromise(returned).then(() => {}, report) : undefined;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  return {
    ...policy,
    async execute(work, call = {}) {
      requireArgument('The work', required(aFunction), work, 'execute');
      requireOptions(call, { ...callRules, signal: aSignal }, 'execute');
      const { signal = new AbortController().signal, onSuccess, onFailure, name = nameOf(work) } = call;
      try {
        for (let attempt = 1; ; attempt++) {
          signal.throwIfAborted();
          try {
            const value = await withinTime(work, attempt, signal, name);
            await tell('onSuccess', onSuccess, [value, undefined]);
            return value;
          } catch (error) {
            if (signal.aborted) throw error;
            await sleep(clock, delayAfter(error, attempt, name), signal);
          }
        }
      } catch (error) {
        await tell('onFailure', onFailure, [undefined, error]);
        throw error;
      }
    },
    executeSync(work, call = {}) {
      requireArgument('The work', required(aFunction), work, 'executeSync');
      refuseOptions(
        optionsOf('executeSync', [...optionProblems(call, callRules), ...refusedTimeout(attemptTimeout)]),
      );
      const { onSuccess, onFailure, name = nameOf(work) } = call;
      const { signal } = new AbortController();
      try {
        for (let attempt = 1; ; attempt++) {
          try {
            const value = work({ attempt, signal });
            if (isThenable(value)) throw refusedPromise(value, name);
            void tell('onSuccess', onSuccess, [value, undefined]);
            return value;
          } catch (error) {
            clock.block(delayAfter(error, attempt, name));
          }
        }
      } catch (error) {
        void tell('onFailure', onFailure, [undefined, error]);
        throw error;
      }
    },
  };

  async function withinTime<T>(
    work: (attempt: RetryAttempt) => T | PromiseLike<T>,
    attempt: number,
    outer: AbortSignal,
    name: string,
  ): Promise<T> {
    if (attemptTimeout === undefined) return work({ attempt, signal: outer });
    const controller = new AbortController();
    const pass = () => controller.abort(outer.reason);
    outer.addEventListener('abort', pass);
    let cancel = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        cancel = clock.schedule(attemptTimeout * 1000, () => {
          const error = attemptTimedOut(name, attemptTimeout);
          controller.abort(error);
          reject(error);
        });
        Promise.resolve(work({ attempt, signal: controller.signal })).then(resolve, reject);
      });
    } finally {
      cancel();
      outer.removeEventListener('abort', pass);
    }
  }
}

/** Without what is undefined, which counts as not given. */
function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<Options>;
}

type Given<Options> = { [Key in keyof Options]?: Exclude<Options[Key], undefined> };

function nameOf(work: { readonly name: string }): string {
  return work.name === '' ? 'the work' : work.name;
}
