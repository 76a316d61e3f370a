import type { DriverWrite } from '@flowerpower/fs';
import { randomUUID } from 'node:crypto';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { isObject, type ObjectResource } from '../read/object-info.js';
import { newAttempt } from './attempt.js';
import { preconditions } from './conditions.js';

/** Writes an object in one request, which holds what describes it and its bytes (RFC 2387). */
export function putObject(
  bucket: GcsBucket,
  key: string,
  bytes: Uint8Array,
  call: DriverWrite & { readonly crc32c: string },
): Promise<ObjectResource> {
  const { contentType, crc32c, signal } = call;
  const attempt = newAttempt(bucket, key, call);
  const metadata = { ...call.metadata, ...attempt.mark };
  const boundary = randomUUID();
  const resource = JSON.stringify({ name: key, contentType, metadata, crc32c });
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${resource}\r\n`),
    Buffer.from(`--${boundary}\r\ncontent-type: ${contentType ?? 'application/octet-stream'}\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--`),
  ]);
  return bucket.json<ObjectResource>({
    method: 'POST',
    to: 'o',
    upload: true,
    query: { uploadType: 'multipart', name: key, ...preconditions(call) },
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    body,
    signal,
    isAnswer: isObject,
    doneBefore: () => attempt.find(),
  });
}
