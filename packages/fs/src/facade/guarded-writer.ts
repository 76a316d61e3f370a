/**
 * The FileWriter that users hold. It keeps the driver's promises simple: one call at a time, in order; after the
 * first failure the unfinished file is dropped at once, so that a caller who forgets `abort` leaks nothing.
 */
import type { DriverWriter } from '../contract/file-system-driver.js';
import type { FileInfo, FileWriter } from '../contract/file-system.js';
import { FileSystemError } from '../errors/file-system-error.js';
import type { CallSite, Guard } from './guard.js';
import { onceAborted } from './once-aborted.js';
import { toBytes } from './to-bytes.js';

export class GuardedWriter implements FileWriter {
  readonly #driver: DriverWriter;
  readonly #guard: Guard;
  readonly #site: CallSite;
  readonly #dismiss: () => void;
  /** Settles, never rejects, when every call so far is done. */
  #tail: Promise<unknown> = Promise.resolve();
  #state: 'open' | 'closed' | 'dropped' = 'open';
  /** Why the writer was dropped; undefined after `abort`. */
  #failure: FileSystemError | undefined;

  constructor(driver: DriverWriter, guard: Guard, site: CallSite) {
    this.#driver = driver;
    this.#guard = guard;
    this.#site = site;
    this.#dismiss = onceAborted(site.signal, this.#onAbort);
    // The signal may have fired while the driver was opening the file.
    if (site.signal?.aborted) this.#onAbort();
  }

  write(chunk: Uint8Array | string): Promise<void> {
    return this.#enqueue(() =>
      this.#step('write', async () => {
        const bytes = toBytes(chunk);
        if (bytes.byteLength > 0) await this.#driver.write(bytes);
      }),
    );
  }

  close(): Promise<FileInfo> {
    return this.#enqueue(() =>
      this.#step('close', async () => {
        const info = await this.#driver.close();
        this.#end('closed');
        return info;
      }),
    );
  }

  abort(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#state !== 'open') return;
      this.#end('dropped');
      await this.#guard.run({ op: 'abort', path: this.#site.path }, () => this.#driver.abort());
    });
  }

  readonly #onAbort = (): void => {
    // The outcome is kept in #failure and reported by the next call.
    this.#enqueue(() => this.#step('write', () => Promise.resolve())).catch(() => undefined);
  };

  #enqueue<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(call);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  async #step<T>(op: string, call: () => Promise<T>): Promise<T> {
    // Of `write` nobody but it has called close.
    const site = this.#site.op === 'write' ? this.#site : { ...this.#site, op };
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state !== 'open') {
      throw this.#guard.fail(site, 'Unsupported', `the writer is already ${this.#state}`);
    }
    try {
      return await this.#guard.run(site, call);
    } catch (error) {
      this.#failure = await this.#drop(site, error as FileSystemError);
      throw this.#failure;
    }
  }

  async #drop(site: CallSite, failure: FileSystemError): Promise<FileSystemError> {
    this.#end('dropped');
    try {
      await this.#driver.abort();
      return failure;
    } catch (abortError) {
      const { reason, op, uri, backend, retryable, status, hint } = failure;
      const { message } = this.#guard.error({ op: 'abort', path: site.path }, abortError);
      return new FileSystemError({
        reason,
        op,
        uri,
        backend,
        retryable,
        status,
        hint,
        message: `${failure.message} Removing the unfinished file failed too: ${message}`,
        cause: new AggregateError([failure, abortError]),
      });
    }
  }

  #end(state: 'closed' | 'dropped'): void {
    this.#state = state;
    this.#dismiss();
  }
}
