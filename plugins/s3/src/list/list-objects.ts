/** Every object and common prefix below a prefix, page by page, in UTF-8 byte order of the key. */
import { compareKeys, type FileInfo, type ListedKey } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { keyDecoder } from './key-decoder.js';
import { alwaysSent } from '../errors/always-sent.js';

export interface ListObjects {
  readonly prefix: string;
  /** Keys that share what comes before the next `/` are one entry. */
  readonly byLevel: boolean;
  readonly startAfter?: string | undefined;
  /** At most this many; for whoever wants to know only whether there are any. */
  readonly limit?: number;
  readonly signal: AbortSignal | undefined;
}

export async function* listObjects(
  bucket: S3Bucket,
  { prefix, byLevel, startAfter, limit, signal }: ListObjects,
): AsyncGenerator<ListedKey, void> {
  let token: string | undefined;
  do {
    const page = await bucket.send(signal, (client, { ListObjectsV2Command }, target, options) =>
      client.send(
        new ListObjectsV2Command({
          ...target,
          Prefix: prefix,
          // Keys may hold characters that XML cannot.
          EncodingType: 'url',
          ...(byLevel && { Delimiter: '/' }),
          ...(limit !== undefined && { MaxKeys: limit }),
          ...(token === undefined
            ? startAfter !== undefined && { StartAfter: startAfter }
            : { ContinuationToken: token }),
        }),
        options,
      ),
    );
    alwaysSent(page, page.Name ?? page.IsTruncated ?? page.MaxKeys, 'ListBucketResult');
    const keyOf = keyDecoder(page);
    const entries: ListedKey[] = [
      ...(page.Contents ?? []).map(({ Key, Size = 0, LastModified, ETag }) => {
        const key = keyOf(Key);
        return { key, info: listedInfo(key, Size, LastModified, ETag) };
      }),
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => ({ key: keyOf(Prefix) })),
    ];
    yield* entries.sort((a, b) => compareKeys(a.key, b.key));
    const isMore = page.IsTruncated && limit === undefined;
    token = isMore ? alwaysSent(page, page.NextContinuationToken, 'NextContinuationToken') : undefined;
  } while (token !== undefined);
}

function listedInfo(path: string, size: number, mtime: Date | undefined, etag: string | undefined): FileInfo {
  return {
    path,
    type: 'file',
    size,
    ...(mtime !== undefined && { mtime }),
    ...(etag !== undefined && { version: etag, etag }),
  };
}
