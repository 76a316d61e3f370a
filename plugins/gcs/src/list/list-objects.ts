/** Every object and common prefix below a prefix, page by page, in UTF-8 byte order of the key. */
import { compareKeys, DriverFailure, type ListedKey } from '@flowerpower/fs';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { objectInfo, type ObjectResource } from '../read/object-info.js';

export interface ListObjects {
  readonly prefix: string;
  /** Keys that share what comes before the next `/` are one entry. */
  readonly byLevel: boolean;
  /** Keys from this one on. */
  readonly startAt?: string | undefined;
  /** At most this many; for whoever wants to know only whether there are any. */
  readonly limit?: number;
  readonly signal: AbortSignal | undefined;
}

interface Page {
  readonly kind: string;
  readonly items?: readonly ObjectResource[];
  readonly prefixes?: readonly string[];
  readonly nextPageToken?: string;
}

export async function* listObjects(
  bucket: GcsBucket,
  { prefix, byLevel, startAt, limit, signal }: ListObjects,
): AsyncGenerator<ListedKey, void> {
  let pageToken: string | undefined;
  do {
    const query = {
      prefix,
      pageToken,
      startOffset: startAt,
      maxResults: String(limit ?? 1000),
      delimiter: byLevel ? '/' : undefined,
    };
    const isAnswer = ({ kind }: Partial<Page>) => kind === 'storage#objects';
    const page = await bucket
      .json<Page>({ method: 'GET', to: 'o', query, signal, isAnswer })
      .catch(bucketIsMissing);
    const entries: ListedKey[] = [
      ...(page.items ?? []).map((object) => ({ key: object.name, info: objectInfo(object) })),
      ...(page.prefixes ?? []).map((key) => ({ key })),
    ];
    yield* entries.sort((a, b) => compareKeys(a.key, b.key));
    pageToken = limit === undefined ? page.nextPageToken : undefined;
  } while (pageToken);
}

/** Whatever the service says: there is nothing else that a listing could miss. */
function bucketIsMissing(error: unknown): never {
  const absent = error instanceof DriverFailure && error.failure.reason === 'NotFound';
  throw absent
    ? new DriverFailure('NotFound', 'there is no such bucket', error.cause, { status: 404 })
    : error;
}
