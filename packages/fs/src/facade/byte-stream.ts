import { Readable } from 'node:stream';
import type { DriverReader } from '../contract/file-system-driver.js';
import { onceAborted } from './once-aborted.js';

/**
 * A Readable over an open file. The file is closed exactly once: at the end, on an error, on `destroy`, and when
 * `signal` is aborted. Errors pass through `wrap`.
 */
export function byteStream(
  reader: DriverReader,
  wrap: (error: unknown) => Error,
  signal: AbortSignal | undefined,
): Readable {
  const stream = new Readable({
    read() {
      reader.read().then(
        (chunk) => {
          if (!this.destroyed) this.push(chunk ?? null);
        },
        (error: unknown) => this.destroy(wrap(error)),
      );
    },
    destroy(error, done) {
      dismiss();
      // oxlint-disable promise/no-promise-in-callback, promise/no-callback-in-promise -- node:stream asks for a callback.
      reader.close().then(
        () => done(error),
        (closeError: unknown) => done(error ?? wrap(closeError)),
      );
      // oxlint-enable promise/no-promise-in-callback, promise/no-callback-in-promise
    },
  });
  const onAbort = () => {
    // Whoever aborts knows of it; a stream that nobody reads yet must not end the process.
    stream.on('error', () => {});
    stream.destroy(wrap(signal?.reason));
  };
  const dismiss = onceAborted(signal, onAbort);
  // The signal may have fired while the driver was opening the file.
  if (signal?.aborted) onAbort();
  return stream;
}
