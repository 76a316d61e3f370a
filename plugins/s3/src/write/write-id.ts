/**
 * A request may have been obeyed although its answer was lost; when the SDK sends it again, the store refuses it for what
 * the first one did. An id in the metadata of the object tells whether it is ours; the same bytes may be someone else's.
 */
import { DriverFailure } from '@flowerpower/fs';
import { randomUUID } from 'node:crypto';
import type { S3Bucket } from '../client/s3-bucket.js';
import { headOf, writeIdName } from '../read/head-object.js';
import { limited } from './limited.js';

export interface WriteId {
  /** As the metadata of the object takes it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Runs the request that decides; when it is refused after a retry, asks whether the object is of this write. */
  orAlreadyWritten(write: () => Promise<string>): Promise<string>;
}

export function writeId(bucket: S3Bucket, key: string, signal: AbortSignal | undefined): WriteId {
  const id = randomUUID();
  return {
    metadata: { [writeIdName]: id },
    async orAlreadyWritten(write) {
      try {
        return await write();
      } catch (error) {
        if (!mayBeOurOwn(error)) throw error;
        const found = await headOf(bucket, key, limited(signal)).catch(() => undefined);
        if (found?.Metadata?.[writeIdName] === id && found.ETag !== undefined) return found.ETag;
        throw error;
      }
    },
  };
}

/** Whether the refusal may be the answer to our own first request. */
function mayBeOurOwn(error: unknown): boolean {
  if (!(error instanceof DriverFailure)) return false;
  const { attempts = 1, name } = (error.cause ?? {}) as {
    readonly attempts?: number;
    readonly name?: string;
  };
  return attempts > 1 && (error.failure.reason === 'PreconditionFailed' || name === 'NoSuchUpload');
}
