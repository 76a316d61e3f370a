/** Reads one object as its bytes arrive, and goes on behind the last byte when the connection breaks. */
import type { Readable } from 'node:stream';
import { DriverFailure, type DriverRead, type DriverReader } from '@flowerpower/fs';
import { readable, type S3Bucket } from '../client/s3-bucket.js';
import { rangeHeader } from './range-header.js';

/** How often in a row a body may break without a byte in between. */
const maxBreaks = 4;

interface Body {
  readonly chunks: AsyncIterator<Uint8Array>;
  readonly close: () => void;
  readonly etag: string | undefined;
  /** Of the bytes to come. */
  readonly length: number | undefined;
  /** Where in the object they begin. */
  readonly start: number;
}

export async function openObject(
  bucket: S3Bucket,
  key: string,
  { signal, range, ifMatch }: DriverRead,
): Promise<DriverReader> {
  let body = await request(rangeHeader(range), ifMatch);
  const { etag, length, start } = body;
  if (range !== undefined && length === 0) {
    // Some stores answer the end of an empty object with nothing instead of a refusal.
    body.close();
    throw new DriverFailure('RangeNotSatisfiable');
  }
  let received = 0;
  let breaks = 0;
  let closed = false;

  async function request(header: string | undefined, version: string | undefined): Promise<Body> {
    const answer = await bucket.send(signal, (client, { GetObjectCommand }, target, options) =>
      client.send(
        new GetObjectCommand({
          ...target,
          Key: key,
          ...(header !== undefined && { Range: header }),
          ...(version !== undefined && { IfMatch: version }),
        }),
        options,
      ),
    );
    const stream = answer.Body as Readable;
    return {
      chunks: stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
      close: () => stream.destroy(),
      etag: answer.ETag,
      length: answer.ContentLength,
      start: Number(/^bytes (\d+)-/.exec(answer.ContentRange ?? '')?.[1] ?? 0),
    };
  }

  async function resume(): Promise<void> {
    const end = length === undefined ? '' : start + length - 1;
    const rest = await request(`bytes=${start + received}-${end}`, etag);
    if (closed) rest.close();
    body = rest;
  }

  return {
    async read() {
      for (;;) {
        try {
          const { done, value } = await body.chunks.next();
          if (!done) {
            if (value.byteLength === 0) continue;
            received += value.byteLength;
            breaks = 0;
            return value;
          }
          if (length === undefined || received >= length) return undefined;
          throw new DriverFailure('Unavailable', `the connection ended ${length - received} bytes early`);
        } catch (error) {
          signal?.throwIfAborted();
          const failure = readable(error);
          if (closed || !canResume(failure) || ++breaks > maxBreaks) throw failure;
          await resume();
        }
      }
    },
    async close() {
      closed = true;
      body.close();
    },
  };
}

/** A body whose bytes are wrong does not become right by what follows. */
function canResume(error: unknown): boolean {
  if (!(error instanceof DriverFailure)) return error instanceof Error;
  return error.failure.reason === 'Unavailable' || error.failure.reason === 'Timeout';
}
