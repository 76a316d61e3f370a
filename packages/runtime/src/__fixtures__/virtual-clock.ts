/** A clock for tests: time stands still until it is told to go on, or while code blocks. */
import type { Clock } from '../clock/clock.js';

export interface VirtualClock extends Clock {
  /** Lets time pass, firing what falls due in order, and pending promise reactions in between. */
  advance(ms: number): Promise<void>;
  /** Lets as much time pass as the promise needs to settle, however long real I/O takes in between. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Delays that were scheduled and neither fired nor taken back. */
  readonly pending: readonly number[];
  /** Every delay that was blocked for. */
  readonly blocked: readonly number[];
}

export function createVirtualClock(startMs = Date.UTC(2026, 0, 1)): VirtualClock {
  let nowMs = 0;
  const timers = new Set<{ dueMs: number; callback: () => void }>();
  const blocked: number[] = [];
  return {
    wallMs: () => startMs + nowMs,
    elapsedMs: () => nowMs,
    schedule(delayMs, callback) {
      const timer = { dueMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    block(delayMs) {
      blocked.push(delayMs);
      nowMs += delayMs;
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (due === undefined) break;
        timers.delete(due);
        nowMs = Math.max(nowMs, due.dueMs);
        due.callback();
        await settle();
      }
      nowMs = endMs;
    },
    async until(promise) {
      let settled = false;
      const done = () => void (settled = true);
      promise.then(done, done);
      while (!settled) {
        await settle();
        const next = Math.min(...[...timers].map(({ dueMs }) => dueMs));
        if (!settled && next !== Number.POSITIVE_INFINITY) await this.advance(next - nowMs);
      }
      return promise;
    },
    get pending() {
      return [...timers].map(({ dueMs }) => dueMs - nowMs);
    },
    blocked,
  };
}

/** Lets promise reactions and finished I/O run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
