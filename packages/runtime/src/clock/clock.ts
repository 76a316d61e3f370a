/** Time, passed in: everything here that waits or measures does it through a clock. */
export interface Clock {
  /** Milliseconds since 1970, for time stamps. May jump. */
  wallMs(): number;
  /** Milliseconds since some moment, for durations. Never runs backwards. */
  elapsedMs(): number;
  /** Calls back once, after at least `delayMs`. @returns takes the call back; harmless afterwards. */
  schedule(delayMs: number, callback: () => void): () => void;
  /** Blocks the thread for at least `delayMs`. */
  block(delayMs: number): void;
}

/** The longest delay `setTimeout` takes; it fires at once for a longer one. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  schedule(delayMs, callback) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (restMs: number) => {
      timer =
        restMs > maxTimerMs
          ? setTimeout(() => wait(restMs - maxTimerMs), maxTimerMs)
          : setTimeout(callback, restMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
  block(delayMs) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
  },
};
