/**
 * An object that goes up in pieces (Cloud Storage, "Resumable uploads"). Nothing of it is visible before its last piece
 * has arrived and the whole has the checksum that came with it; a session that is cancelled leaves nothing.
 */
import { DriverFailure, type DriverWrite } from '@flowerpower/fs';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { bodyOf } from '../client/exchange.js';
import { type GcsBucket, jsonOf, mayPass } from '../client/gcs-bucket.js';
import { foreignAnswer } from '../errors/foreign-answer.js';
import { isObject, type ObjectResource } from '../read/object-info.js';
import { preconditions } from './conditions.js';

/** Bytes of a piece: a multiple of 256 KiB, as the protocol asks. Also the most that goes up in one request. */
export const pieceSize = 8 * 1024 * 1024;

export interface UploadSession {
  /** A piece of {@link pieceSize} bytes. */
  add(bytes: Uint8Array): Promise<void>;
  /** The rest, after which the object is visible. `crc32c` is that of all bytes. */
  finish(bytes: Uint8Array, crc32c: string): Promise<ObjectResource>;
  cancel(): Promise<void>;
}

/** What the service has: the first bytes, or already the object. */
type Progress = { readonly received: number } | { readonly object: ObjectResource };

/** How often in a row a piece may fail, or arrive without a byte of it being kept. */
const maxFailures = 4;
const waitMs = 200;
/** A session is invisible, costs nothing and expires: nobody waits long for its end. */
const cancelMs = 2000;

export async function uploadSession(
  bucket: GcsBucket,
  key: string,
  call: DriverWrite,
): Promise<UploadSession> {
  const { signal, contentType, metadata } = call;
  const { value: to } = await bucket.ask(
    {
      method: 'POST',
      to: 'o',
      upload: true,
      query: { uploadType: 'resumable', name: key, ...preconditions(call) },
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ name: key, contentType, metadata })),
      signal,
    },
    async (message) => {
      await bodyOf(message);
      const { location } = message.headers;
      if (location === undefined || !URL.canParse(location)) throw foreignAnswer(message);
      return new URL(location);
    },
  );
  /** Where the next piece begins. */
  let sent = 0;

  async function put(headers: Record<string, string>, body: Uint8Array | undefined, maxRetries: number) {
    try {
      const answer = await bucket.ask(
        { method: 'PUT', to, headers, body, signal, accept: [308], maxRetries },
        progressOf,
      );
      return answer.value;
    } catch (error) {
      const isGone = error instanceof DriverFailure && [404, 410].includes(error.failure.status ?? 0);
      if (!isGone) throw error;
      throw new DriverFailure('Unavailable', 'the service has forgotten this upload', error.cause, {
        status: error.failure.status,
      });
    }
  }

  /** Sends bytes until the service has them all: what it did not keep is sent again, and after a failure it is asked. */
  async function send(bytes: Uint8Array, end?: { readonly crc32c: string }): Promise<Progress> {
    const total = sent + bytes.byteLength;
    const hash: Record<string, string> = end === undefined ? {} : { 'x-goog-hash': `crc32c=${end.crc32c}` };
    let from = sent;
    for (let failures = 0; ; ) {
      const rest = bytes.subarray(from - sent);
      const span = rest.byteLength === 0 ? '*' : `${from}-${total - 1}`;
      const range = `bytes ${span}/${end === undefined ? '*' : total}`;
      let progress: Progress;
      try {
        progress = await put({ ...hash, 'content-range': range }, rest, 0);
      } catch (failure) {
        if (!mayPass(failure) || ++failures > maxFailures) throw failure;
        await delay(waitMs * 2 ** (failures - 1), undefined, { signal });
        progress = await put({ 'content-range': 'bytes */*' }, undefined, maxFailures);
      }
      if ('object' in progress) return progress;
      const { received } = progress;
      if (received < sent || received > total)
        throw new DriverFailure(
          'Unavailable',
          `the service has ${received} bytes of the ${total} that were sent`,
        );
      if (received === total && end === undefined) return progress;
      if (received <= from && ++failures > maxFailures)
        throw new DriverFailure('Unavailable', 'the service keeps nothing of what is sent');
      if (received > from) failures = 0;
      from = received;
    }
  }

  return {
    async add(bytes) {
      const progress = await send(bytes);
      if ('object' in progress) {
        throw new DriverFailure('Unavailable', 'the service ended the upload before its last piece');
      }
      sent += bytes.byteLength;
    },
    async finish(bytes, crc32c) {
      const progress = await send(bytes, { crc32c });
      return (progress as { readonly object: ObjectResource }).object;
    },
    async cancel() {
      const ending = AbortSignal.timeout(cancelMs);
      // 499 is how the service says that it did; 404 that there was nothing to cancel.
      const request = {
        method: 'DELETE',
        to,
        signal: ending,
        accept: [404, 410, 499],
        maxRetries: 0,
      } as const;
      await bucket.ask(request, bodyOf).catch(() => {
        // The service cannot be reached, which whoever gives up has been told already; the session expires by itself.
      });
    },
  };
}

async function progressOf(message: IncomingMessage): Promise<Progress> {
  if (message.statusCode !== 308) return { object: await jsonOf<ObjectResource>(message, isObject) };
  await bodyOf(message);
  // Without the header there is not a byte yet.
  const { range } = message.headers;
  if (range === undefined) return { received: 0 };
  const last = /^bytes=0-(\d+)$/.exec(range)?.[1];
  if (last === undefined) throw foreignAnswer(message);
  return { received: Number(last) + 1 };
}
