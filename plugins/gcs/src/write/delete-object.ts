import { foreignAnswer } from '../errors/foreign-answer.js';
import { bodyOf } from '../client/exchange.js';
import { type GcsBucket, objectAt } from '../client/gcs-bucket.js';
import { preconditions } from './conditions.js';

/** How many objects of a directory are deleted at once: each takes a request of its own. */
const deletesAtOnce = 16;

interface DeleteObject {
  readonly signal: AbortSignal | undefined;
  /** Only while it is of this version. */
  readonly ifMatch?: string | undefined;
  /** This version, whichever is the present one. */
  readonly generation?: string;
}

/**
 * Deletes an object. One that is not there is none to worry about.
 *
 * @returns whether it was there.
 */
export async function deleteObject(
  bucket: GcsBucket,
  key: string,
  { signal, ifMatch, generation }: DeleteObject,
): Promise<boolean> {
  const query = { generation, ...preconditions({ ifMatch }) };
  const { value: found, repeated } = await bucket.ask(
    { method: 'DELETE', to: objectAt(key), query, signal, accept: [404] },
    async (message) => {
      const isPage = /^\s*</.test((await bodyOf(message)).toString('latin1'));
      if (isPage) throw foreignAnswer(message);
      return message.statusCode !== 404;
    },
  );
  // When it was sent before, that may be what has deleted it.
  return found || repeated;
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
        await deleteObject(bucket, key, { signal });
      }
    } finally {
      await keys.return();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: deletesAtOnce }, worker));
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
