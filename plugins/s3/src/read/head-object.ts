import type { FileInfo } from '@flowerpower/fs';
import { DriverFailure } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';

export interface ObjectInfo extends FileInfo {
  readonly size: number;
}

/** The facts about one object; undefined when there is none. */
export async function headObject(
  bucket: S3Bucket,
  key: string,
  signal: AbortSignal | undefined,
): Promise<ObjectInfo | undefined> {
  try {
    const head = await bucket.send(signal, (client, { HeadObjectCommand }, target, options) =>
      client.send(new HeadObjectCommand({ ...target, Key: key }), options),
    );
    const { ContentLength, LastModified, ETag, ContentType, Metadata } = head;
    return {
      path: key,
      type: 'file',
      size: ContentLength ?? 0,
      ...(LastModified !== undefined && { mtime: LastModified }),
      ...(ETag !== undefined && { version: ETag, etag: ETag }),
      ...(ContentType !== undefined && { contentType: ContentType }),
      ...(Metadata !== undefined && Object.keys(Metadata).length > 0 && { metadata: Metadata }),
    };
  } catch (error) {
    if (error instanceof DriverFailure && error.failure.reason === 'NotFound') return undefined;
    throw error;
  }
}
