import type { FileInfo } from '@flowerpower/fs';
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { DriverFailure } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import { refusalOfHead } from './refusal-of-head.js';

export interface ObjectInfo extends FileInfo {
  readonly size: number;
}

/** Under this name an object may carry which write made it. It is no metadata of the user. */
export const writeIdName = 'flowerpower-write';

/** What the store says of one object. @throws DriverFailure `NotFound` */
export function headOf(
  bucket: S3Bucket,
  key: string,
  signal: AbortSignal | undefined,
): Promise<HeadObjectCommandOutput> {
  return bucket.send(signal, (client, { HeadObjectCommand }, target, options) =>
    client.send(new HeadObjectCommand({ ...target, Key: key }), options),
  );
}

/** The facts about one object; undefined when there is none. */
export async function headObject(
  bucket: S3Bucket,
  key: string,
  signal: AbortSignal | undefined,
): Promise<ObjectInfo | undefined> {
  try {
    const head = await headOf(bucket, key, signal);
    const { LastModified, ContentType } = head;
    const etag = alwaysSent(head, head.ETag, 'ETag');
    const { [writeIdName]: _ours, ...metadata } = head.Metadata ?? {};
    return {
      path: key,
      type: 'file',
      size: alwaysSent(head, head.ContentLength, 'Content-Length'),
      version: etag,
      etag,
      ...(LastModified !== undefined && { mtime: LastModified }),
      ...(ContentType !== undefined && { contentType: ContentType }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
  } catch (error) {
    if (!(error instanceof DriverFailure)) throw error;
    if (error.failure.reason === 'NotFound') return undefined;
    throw await refusalOfHead(bucket, key, signal, error);
  }
}
