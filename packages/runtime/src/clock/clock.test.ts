import { afterEach, expect, test, vi } from 'vitest';
import { createVirtualClock, settle } from '../__fixtures__/virtual-clock.js';
import { systemClock } from './clock.js';
import { sleep } from './sleep.js';

afterEach(() => void vi.useRealTimers());

test('a delay beyond the reach of setTimeout fires when it is due and not before', () => {
  vi.useFakeTimers();
  const fired = vi.fn();
  const days = 24 * 60 * 60 * 1000;
  systemClock.schedule(60 * days, fired);
  vi.advanceTimersByTime(60 * days - 1);
  expect(fired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fired).toHaveBeenCalledTimes(1);
});

test('a call that is taken back does not come', () => {
  vi.useFakeTimers();
  const fired = vi.fn();
  const cancel = systemClock.schedule(2 ** 31 + 5, fired);
  vi.advanceTimersByTime(2 ** 31);
  cancel();
  vi.runAllTimers();
  expect(fired).not.toHaveBeenCalled();
});

test('blocking lasts at least as long as asked', () => {
  const startedMs = systemClock.elapsedMs();
  systemClock.block(5);
  expect(systemClock.elapsedMs() - startedMs).toBeGreaterThanOrEqual(4.9);
});

test('sleep ends after its delay, or with the signal, and leaves no timer behind', async () => {
  const clock = createVirtualClock();
  const woke = vi.fn();
  const { signal } = new AbortController();
  void sleep(clock, 1000, signal).then(woke);
  await clock.advance(999);
  expect(woke).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(woke).toHaveBeenCalledTimes(1);

  const controller = new AbortController();
  void sleep(clock, 1000, controller.signal).then(woke);
  controller.abort();
  await settle();
  expect(woke).toHaveBeenCalledTimes(2);
  expect(clock.pending).toEqual([]);
  await sleep(clock, 1000, controller.signal);
});
