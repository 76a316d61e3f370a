/** Reads an object whose connection may break: it goes on behind the last byte, of the same version, or fails. */
import { DriverFailure, type DriverRead, type DriverReader } from '../contract/file-system-driver.js';
import type { ByteRange } from '../contract/file-system.js';
import { type AnsweredBody, answeredRange } from './answered-range.js';

/** The body of an answer and what its head says of it. */
export interface ObjectBody extends AnsweredBody {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Lets go of the connection. */
  destroy(): void;
  /** What `ifMatch` takes, so that versions are never mixed. */
  readonly version: string | undefined;
  /** Says at the end whether the bytes are those that were stored; undefined when nobody can tell. Only for whole objects. */
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

/**
 * Gives exactly the bytes that were asked for: a body that holds more is cut, one that holds others is refused, and so is
 * one of another version than `ifMatch`. Whatever goes wrong before the body has ended well, also behind its last byte,
 * is a failure.
 */
export async function resumingReader(
  { range, ifMatch, signal }: DriverRead,
  { open, readable }: ResumingReaderOptions,
): Promise<DriverReader> {
  async function openAt(asked: ByteRange | undefined, expected: string | undefined) {
    const opened = await open(asked, expected);
    try {
      // Not every server that is asked for one version looks at it.
      if (expected !== undefined && opened.version !== expected)
        throw new DriverFailure('PreconditionFailed');
      return { opened, place: answeredRange(asked, opened) };
    } catch (error) {
      opened.destroy();
      throw error;
    }
  }

  const first = await openAt(range, ifMatch);
  let body = first.opened;
  let { skip, goesOn } = first.place;
  const { version, digest } = body;
  const { start, length } = first.place;
  let received = 0;
  let breaks = 0;
  let closed = false;

  async function resume(): Promise<void> {
    const from = start + received;
    body.destroy();
    const next = await openAt(
      length === undefined ? { start: from } : { start: from, end: start + length },
      version,
    );
    ({
      opened: body,
      place: { skip, goesOn },
    } = next);
    if (closed) body.destroy();
  }

  const isComplete = () => length !== undefined && received >= length;

  /** What was asked for of a chunk. */
  function wanted(chunk: Uint8Array): Uint8Array {
    const begin = Math.min(skip, chunk.byteLength);
    skip -= begin;
    return chunk.subarray(begin, length === undefined ? undefined : begin + length - received);
  }

  /** Undefined at the end of the object; resumes until there is a byte. */
  async function next(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        if (goesOn && isComplete()) {
          // More than was asked for: nobody waits for it.
          body.destroy();
          return undefined;
        }
        const { done, value } = await body.chunks.next();
        if (!done) {
          const chunk = wanted(value);
          if (chunk.byteLength > 0) return chunk;
          continue;
        }
        if (length === undefined || isComplete()) return undefined;
        throw new DriverFailure('Unavailable', `the connection ended ${length - received} bytes early`);
      } catch (error) {
        signal?.throwIfAborted();
        const failure = readable(error);
        if (closed || isComplete() || !canResume(failure) || ++breaks > maxBreaks) throw failure;
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
