import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onAbort } from './on-abort.js';
import { sleep, startTimer } from './timer.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const day = 24 * 3600 * 1000;

test('a timer of 60 days fires after 60 days', () => {
  const onEnd = vi.fn();
  startTimer(60 * day, onEnd);
  vi.advanceTimersByTime(60 * day - 1);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEnd).toHaveBeenCalledOnce();
});

test('a cancelled timer never fires, also in its second stretch', () => {
  const onEnd = vi.fn();
  const timer = startTimer(60 * day, onEnd);
  vi.advanceTimersByTime(30 * day);
  timer.cancel();
  timer.cancel();
  vi.advanceTimersByTime(60 * day);
  expect(onEnd).not.toHaveBeenCalled();
});

test('a sleep ends with its delay, or at once with the reason of an abort', async () => {
  const controller = new AbortController();
  const ended = sleep(1000, controller.signal);
  vi.advanceTimersByTime(1000);
  await ended;
  const aborted = sleep(1000, controller.signal);
  controller.abort('enough');
  await expect(aborted).rejects.toBe('enough');
  await expect(sleep(1000, controller.signal)).rejects.toBe('enough');
});

test('many wait for one signal with one listener; those that forgot are not called', () => {
  const { signal, abort } = ((controller: AbortController) => ({
    signal: controller.signal,
    abort: () => controller.abort(),
  }))(new AbortController());
  const listen = vi.spyOn(signal, 'addEventListener');
  const callback = vi.fn();
  const forget = Array.from({ length: 20 }, () => onAbort(signal, callback));
  forget[0]!();
  abort();
  expect(callback).toHaveBeenCalledTimes(19);
  expect(listen).toHaveBeenCalledOnce();
});
