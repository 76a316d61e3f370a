/**
 * An object that goes up in pieces (Cloud Storage, "Resumable uploads"). Nothing of it is visible before its last piece
 * has arrived; a session that is cancelled leaves nothing.
 */
import type { DriverWrite } from '@flowerpower/fs';
import { type GcsBucket } from '../client/gcs-bucket.js';
import { bodyOf } from '../client/exchange.js';
import type { ObjectResource } from '../read/object-info.js';
import { preconditions } from './conditions.js';

/** Bytes of a piece: a multiple of 256 KiB, as the protocol asks. Also the most that goes up in one request. */
export const pieceSize = 8 * 1024 * 1024;

export interface UploadSession {
  /** A piece of {@link pieceSize} bytes. */
  add(bytes: Uint8Array): Promise<void>;
  /** The rest, after which the object is visible. */
  finish(bytes: Uint8Array): Promise<ObjectResource>;
  cancel(): Promise<void>;
}

export async function uploadSession(
  bucket: GcsBucket,
  key: string,
  call: DriverWrite,
): Promise<UploadSession> {
  const { signal, contentType, metadata } = call;
  const { message } = await bucket.ask({
    method: 'POST',
    to: 'o',
    upload: true,
    query: { uploadType: 'resumable', name: key, ...preconditions(call) },
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ name: key, contentType, metadata })),
    signal,
  });
  await bodyOf(message);
  const to = new URL(message.headers.location!);
  let sent = 0;

  const put = (bytes: Uint8Array, range: string, accept: readonly number[]) =>
    bucket.ask({ method: 'PUT', to, headers: { 'content-range': range }, body: bytes, signal, accept });

  return {
    async add(bytes) {
      const last = sent + bytes.byteLength - 1;
      const answer = await put(bytes, `bytes ${sent}-${last}/*`, [308]);
      await bodyOf(answer.message);
      sent += bytes.byteLength;
    },
    async finish(bytes) {
      const total = sent + bytes.byteLength;
      const range = bytes.byteLength === 0 ? `bytes */${total}` : `bytes ${sent}-${total - 1}/${total}`;
      const answer = await put(bytes, range, []);
      return JSON.parse((await bodyOf(answer.message)).toString('utf8')) as ObjectResource;
    },
    async cancel() {
      // 499 is how the service says that it did; 404 that there was nothing to cancel.
      const answer = await bucket.ask({ method: 'DELETE', to, signal: undefined, accept: [404, 410, 499] });
      await bodyOf(answer.message);
    },
  };
}
