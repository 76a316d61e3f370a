import { DriverFailure } from '@flowerpower/fs';
import { type GcsBucket, objectAt } from '../client/gcs-bucket.js';
import { isObject, type ObjectResource } from './object-info.js';

/** The facts about one object; undefined when there is none. */
export async function getObject(
  bucket: GcsBucket,
  key: string,
  signal: AbortSignal | undefined,
): Promise<ObjectResource | undefined> {
  try {
    return await bucket.json<ObjectResource>({
      method: 'GET',
      to: objectAt(key),
      signal,
      isAnswer: isObject,
    });
  } catch (error) {
    const absent = error instanceof DriverFailure && error.failure.reason === 'NotFound';
    if (absent && error.failure.detail === undefined) return undefined;
    throw error;
  }
}
