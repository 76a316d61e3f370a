/**
 * A request may have been obeyed although its answer was lost; when the SDK sends it again, the store refuses it for what
 * the first one did. The entity tag tells: without encryption by other keys it is made of MD5 digests, of the bytes, or of
 * those of the parts followed by their number (Amazon S3 User Guide, "Checking object integrity").
 */
import { DriverFailure } from '@flowerpower/fs';
import { createHash } from 'node:crypto';
import type { S3Bucket } from '../client/s3-bucket.js';
import { headObject } from '../read/head-object.js';

export function etagOfBytes(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

export function etagOfParts(etags: readonly (string | undefined)[]): string {
  const digests = etags.map((etag = '') => Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${digests.length}"`;
}

/** Runs a write; when it was refused after a retry, asks whether it had been done the first time. Gives the entity tag. */
export async function orAlreadyWritten(
  bucket: S3Bucket,
  key: string,
  expected: () => string,
  write: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await write();
  } catch (error) {
    if (!wasRetried(error)) throw error;
    const etag = expected();
    const found = await headObject(bucket, key, undefined).catch(() => undefined);
    if (found?.etag === etag) return etag;
    throw error;
  }
}

function wasRetried(error: unknown): boolean {
  if (!(error instanceof DriverFailure)) return false;
  const { attempts = 1 } = error.cause as { readonly attempts?: number };
  return attempts > 1;
}
