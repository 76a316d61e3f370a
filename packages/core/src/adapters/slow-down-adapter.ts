import type { Adapter } from './adapter.js';
import { aFunction, required } from '../errors/option-rules.js';
import { requireAdapterOptions } from './adapter-option-error.js';

export interface SlowDownAdapterOptions {
  /** How long each node waits before it starts, in milliseconds: 0 to 2,147,483,647 (about 25 days). */
  readonly delayMs: number;
  /**
   * Waits. Rejects when the signal is aborted; the node then does not start. Default: a timer.
   */
  readonly sleep?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

const longestTimerMs = 2_147_483_647;

/**
 * An adapter that makes every node wait before it starts, to watch a run or to try timeouts and cancellation.
 * Every node becomes asynchronous, so `executeSync` refuses it with `FP_NOT_SYNCHRONOUS`. Nodes that are
 * independent wait at the same time.
 *
 * @throws FlowerPowerError `FP_BAD_ADAPTER_OPTION` when `delayMs` is out of range.
 *
 * @example
 * ```ts
 * import { createDriver, slowDownAdapter } from '@flowerpower/core';
 *
 * const m = { a: () => 1 };
 * const driver = createDriver({ modules: [m], adapters: [slowDownAdapter({ delayMs: 5 })] });
 * await driver.execute(['a']); // { a: 1 }, after 5 ms
 * ```
 */
export function slowDownAdapter(options: SlowDownAdapterOptions): Adapter {
  requireAdapterOptions('slowDownAdapter', options, {
    delayMs: required({
      fits: (value) => typeof value === 'number' && value >= 0 && value <= longestTimerMs,
      expected: `a number of milliseconds from 0 to ${longestTimerMs}`,
    }),
    sleep: aFunction,
  });
  const { delayMs, sleep = sleepByTimer } = options;
  return {
    name: 'slowDown',
    async aroundNode({ signal }, next) {
      await sleep(delayMs, signal);
      return next();
    },
  };
}

function sleepByTimer(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, delayMs);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
