import type { DriverWrite, FileInfo } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { etagOfBytes, orAlreadyWritten } from './already-written.js';
import { conditionHeaders, underConditions, writtenInfo } from './conditions.js';
import { describedBy } from './described-by.js';

/** Writes an object in one request. */
export async function putObject(
  bucket: S3Bucket,
  key: string,
  body: Uint8Array,
  call: DriverWrite,
): Promise<FileInfo> {
  const put = () =>
    bucket.send(call.signal, async (client, { PutObjectCommand }, target, options) => {
      const { ETag } = await client.send(
        new PutObjectCommand({
          ...target,
          Key: key,
          Body: body,
          ...describedBy(call),
          ...conditionHeaders(call),
        }),
        options,
      );
      return ETag;
    });
  const etag = await underConditions(call, () => orAlreadyWritten(bucket, key, () => etagOfBytes(body), put));
  return writtenInfo(key, body.byteLength, etag);
}
