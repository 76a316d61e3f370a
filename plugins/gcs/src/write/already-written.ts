/**
 * A request may have been obeyed although its answer was lost; when it is sent again, the service refuses it for what the
 * first one did. The checksum of the object tells.
 */
import { DriverFailure } from '@flowerpower/fs';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { getObject } from '../read/get-object.js';
import type { ObjectResource } from '../read/object-info.js';

/** Runs a write; when it was refused after a retry, asks whether it had been done the first time. */
export async function orAlreadyWritten(
  bucket: GcsBucket,
  key: string,
  crc32c: string,
  write: () => Promise<ObjectResource>,
): Promise<ObjectResource> {
  try {
    return await write();
  } catch (error) {
    if (!wasRetried(error)) throw error;
    const found = await getObject(bucket, key, undefined).catch(() => undefined);
    if (found?.crc32c === crc32c) return found;
    throw error;
  }
}

function wasRetried(error: unknown): boolean {
  if (!(error instanceof DriverFailure)) return false;
  return ((error.cause as { readonly attempts?: number } | undefined)?.attempts ?? 1) > 1;
}
