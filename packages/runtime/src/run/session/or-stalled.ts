/**
 * Notices that nothing is left that could settle a promise: no timer, no connection, no file. Node then ends the
 * process without a word.
 *
 * Process-wide on purpose: there is one event loop, and one listener serves all runs.
 */
const waiting = new Set<() => void>();

export const stalled: unique symbol = Symbol('stalled');

/** Settles as the promise does, or with {@link stalled} when it never will. */
export function orStalled<T>(promise: PromiseLike<T>): Promise<T | typeof stalled> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(stalled);
    if (waiting.size === 0) process.on('beforeExit', tellAll);
    waiting.add(giveUp);
    const end = () => {
      waiting.delete(giveUp);
      if (waiting.size === 0) process.off('beforeExit', tellAll);
    };
    promise.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}

function tellAll(): void {
  const reported = [...waiting];
  waiting.clear();
  process.off('beforeExit', tellAll);
  for (const giveUp of reported) giveUp();
}
