import { bodyOf } from '../client/exchange.js';
import { type GcsBucket, objectAt } from '../client/gcs-bucket.js';

/** How many objects of a directory are deleted at once: each takes a request of its own. */
const deletesAtOnce = 16;

/** Deletes an object. One that is not there is none to worry about. */
export async function deleteObject(bucket: GcsBucket, key: string, signal: AbortSignal | undefined) {
  const { message, attempts } = await bucket.ask({
    method: 'DELETE',
    to: objectAt(key),
    signal,
    accept: [404],
  });
  await bodyOf(message);
  // After a retry it may be our own first request that has deleted it.
  return message.statusCode !== 404 || attempts > 1;
}

/** Deletes objects as they are listed. After a failure nothing new starts. */
export async function deleteObjects(
  bucket: GcsBucket,
  keys: AsyncGenerator<string, void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  // The first failure ends the listing, and so every worker after what it is at.
  const worker = async () => {
    try {
      for await (const key of { [Symbol.asyncIterator]: () => ({ next: () => keys.next() }) }) {
        await deleteObject(bucket, key, signal);
      }
    } finally {
      await keys.return();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: deletesAtOnce }, worker));
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
