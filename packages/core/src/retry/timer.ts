/** Timers of any length that leave nothing behind. */
import { onAbort } from './on-abort.js';

/** The longest delay that `setTimeout` takes; it fires at once for a longer one. */
const longestMs = 0x7fff_ffff;

export interface Timer {
  /** Harmless once it has fired. */
  cancel(): void;
  /** Lets the process end without it, on platforms where a timer keeps a process alive. */
  unref(): void;
}

export function startTimer(delayMs: number, onEnd: () => void): Timer {
  let timer: ReturnType<typeof setTimeout>;
  let keepsAlive = true;
  // In browsers a timer is a number.
  const release = () => (timer as { unref?: () => unknown }).unref?.();
  const wait = (restMs: number) => {
    timer = restMs > longestMs ? setTimeout(wait, longestMs, restMs - longestMs) : setTimeout(onEnd, restMs);
    if (!keepsAlive) release();
  };
  wait(delayMs);
  return {
    cancel: () => clearTimeout(timer),
    unref() {
      keepsAlive = false;
      release();
    },
  };
}

/** Resolves after the delay; rejects with the signal's reason as soon as it is aborted. */
export function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = startTimer(delayMs, () => {
      forget();
      resolve();
    });
    const forget = onAbort(signal, () => {
      timer.cancel();
      reject(signal.reason as Error);
    });
  });
}
