/**
 * How a conditional write recognises its own work. When the answer to a request was lost and the request is sent again, the
 * service refuses it for what the first one did; another writer may have stored the very same bytes meanwhile. So such a
 * write leaves a name of its own in the metadata of the object, which this plugin shows nobody.
 */
import { randomUUID } from 'node:crypto';
import type { WriteConditions } from '@flowerpower/fs';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { getObject } from '../read/get-object.js';
import { attemptKey, type ObjectResource } from '../read/object-info.js';

export interface Attempt {
  /** For the object's metadata; empty when the write has no condition, and is done again after a lost answer. */
  readonly mark: Readonly<Record<string, string>>;
  /** The object, when it is this attempt's work. */
  find(): Promise<ObjectResource | undefined>;
}

export function newAttempt(
  bucket: GcsBucket,
  key: string,
  { ifNotExists, ifMatch, signal }: WriteConditions & { readonly signal: AbortSignal | undefined },
): Attempt {
  if (!ifNotExists && ifMatch === undefined) return { mark: {}, find: async () => undefined };
  const id = randomUUID();
  return {
    mark: { [attemptKey]: id },
    async find() {
      const object = await getObject(bucket, key, signal);
      return object?.metadata?.[attemptKey] === id ? object : undefined;
    },
  };
}
