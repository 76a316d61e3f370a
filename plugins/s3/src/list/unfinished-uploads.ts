/** Uploads in parts that were begun and not ended: invisible, and charged for. */
import { type DriverUnfinished, prefixOf, type UnfinishedWrite } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import { orAbsent } from '../errors/or-absent.js';
import { keyDecoder } from './key-decoder.js';
import type { LiveUploads } from '../write/live-uploads.js';

/** Nobody can tell whether another process still adds parts; after this time none does. */
const deadAfterMs = 7 * 24 * 3600 * 1000;

export interface UnfinishedUpload extends UnfinishedWrite {
  readonly uploadId: string;
}

export async function* unfinishedUploads(
  bucket: S3Bucket,
  path: string,
  { recursive, signal }: DriverUnfinished,
  live: LiveUploads,
): AsyncGenerator<UnfinishedUpload, void> {
  const prefix = prefixOf(path);
  let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const marker: { KeyMarker?: string; UploadIdMarker?: string } = next;
    const page = await bucket.send(signal, (client, { ListMultipartUploadsCommand }, target, options) =>
      client.send(
        new ListMultipartUploadsCommand({ ...target, Prefix: prefix, EncodingType: 'url', ...marker }),
        options,
      ),
    );
    alwaysSent(page, page.Bucket ?? page.IsTruncated ?? page.MaxUploads, 'ListMultipartUploadsResult');
    const keyOf = keyDecoder(page);
    for (const { Key: listed, UploadId, Initiated } of page.Uploads ?? []) {
      if (listed === undefined || UploadId === undefined) continue;
      const Key = keyOf(listed);
      if (!recursive && Key.slice(prefix.length).includes('/')) continue;
      const size = await orAbsent(uploadedBytes(bucket, { Key, UploadId }, signal));
      // It has ended since it was listed.
      if (size === undefined) continue;
      const mtime = Initiated ?? new Date(0);
      const old = Initiated !== undefined && Date.now() - mtime.getTime() > deadAfterMs;
      yield {
        path: Key,
        uploadId: UploadId,
        size,
        mtime,
        writer: live.has(UploadId) ? 'alive' : old ? 'dead' : 'unknown',
      };
    }
    next = page.IsTruncated
      ? { KeyMarker: keyOf(page.NextKeyMarker), UploadIdMarker: page.NextUploadIdMarker! }
      : undefined;
  }
}

async function uploadedBytes(
  bucket: S3Bucket,
  upload: { readonly Key: string; readonly UploadId: string },
  signal: AbortSignal | undefined,
): Promise<number> {
  let size = 0;
  let marker: string | undefined;
  do {
    const page = await bucket.send(signal, (client, { ListPartsCommand }, target, options) =>
      client.send(
        new ListPartsCommand({
          ...target,
          ...upload,
          ...(marker !== undefined && { PartNumberMarker: marker }),
        }),
        options,
      ),
    );
    for (const { Size } of page.Parts ?? []) size += Size ?? 0;
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return size;
}
