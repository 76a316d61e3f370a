import { onceAborted } from '../facade/once-aborted.js';

/** One call that several wait for, each as long as it likes. */
export interface SharedCall {
  /** Settles with the call. */
  readonly ended: Promise<void>;
  /** True once the call has succeeded; false as soon as the signal is aborted. Rejects as the call does. */
  wait(signal: AbortSignal | undefined): Promise<boolean>;
}

/** Begins the call. Its signal is aborted when nobody waits any longer. */
export function sharedCall(call: (unwanted: AbortSignal) => Promise<void>): SharedCall {
  const unwanted = new AbortController();
  const ended = call(unwanted.signal);
  let waiting = 0;
  return {
    ended,
    async wait(signal) {
      waiting++;
      let dismiss = () => {};
      const givenUp = new Promise<false>((resolve) => {
        dismiss = onceAborted(signal, () => resolve(false));
      });
      try {
        return await Promise.race([ended.then(() => true), givenUp]);
      } finally {
        dismiss();
        if (--waiting === 0) unwanted.abort();
      }
    },
  };
}
