/** Reads an object whose connection may break: it goes on behind the last byte, of the same version, or fails. */
import { DriverFailure, type DriverRead, type DriverReader } from '../contract/file-system-driver.js';
import type { ByteRange } from '../contract/file-system.js';

/** The body of an answer and what its head says of it. */
export interface ObjectBody {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Lets go of the connection. */
  destroy(): void;
  /** Bytes to come; undefined when the answer does not say. */
  readonly length: number | undefined;
  /** Where in the object they begin. */
  readonly start: number;
  /** What `ifMatch` takes, so that versions are never mixed. */
  readonly version: string | undefined;
  /** Says at the end whether the bytes are those that were stored; undefined when nobody can tell. */
  readonly digest?: { update(bytes: Uint8Array): void; matches(): boolean } | undefined;
}

export interface ResumingReaderOptions {
  /** Asks for the object, or a range of it. Fails with a `DriverFailure`. */
  readonly open: (range: ByteRange | undefined, ifMatch: string | undefined) => Promise<ObjectBody>;
  /** An error of the connection in words of the contract. */
  readonly readable: (error: unknown) => unknown;
}

/** How often in a row a body may break without a byte in between. */
const maxBreaks = 4;

export async function resumingReader(
  { range, ifMatch, signal }: DriverRead,
  { open, readable }: ResumingReaderOptions,
): Promise<DriverReader> {
  let body = await open(range, ifMatch);
  const { start, length, version, digest } = body;
  if (range !== undefined && length === 0) {
    // Some stores answer the end of an empty object with nothing instead of a refusal.
    body.destroy();
    throw new DriverFailure('RangeNotSatisfiable');
  }
  let received = 0;
  let breaks = 0;
  let closed = false;

  async function resume(): Promise<void> {
    const from = start + received;
    body = await open(length === undefined ? { start: from } : { start: from, end: start + length }, version);
    if (closed) body.destroy();
  }

  const isComplete = () => length !== undefined && received >= length;

  /** Undefined at the end of the object; resumes until there is a byte. */
  async function next(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        const { done, value } = await body.chunks.next();
        if (!done && value.byteLength > 0) return value;
        if (!done) continue;
        if (length === undefined || isComplete()) return undefined;
        throw new DriverFailure('Unavailable', `the connection ended ${length - received} bytes early`);
      } catch (error) {
        signal?.throwIfAborted();
        // What breaks behind the last byte breaks nothing.
        if (isComplete()) return undefined;
        const failure = readable(error);
        if (closed || !canResume(failure) || ++breaks > maxBreaks) throw failure;
        await resume();
      }
    }
  }

  return {
    async read() {
      const chunk = await next();
      if (chunk === undefined) {
        if (digest?.matches() === false) throw new DriverFailure('ChecksumMismatch');
        return undefined;
      }
      received += chunk.byteLength;
      breaks = 0;
      digest?.update(chunk);
      return chunk;
    },
    async close() {
      closed = true;
      body.destroy();
    },
  };
}

/** Bytes that are wrong do not become right by what follows; a connection that breaks may. */
function canResume(error: unknown): boolean {
  if (!(error instanceof DriverFailure)) return error instanceof Error;
  return error.failure.reason === 'Unavailable' || error.failure.reason === 'Timeout';
}
