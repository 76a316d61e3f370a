import type { DriverWrite, FileInfo } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import { conditionHeaders, underConditions, writtenInfo } from './conditions.js';
import { describedBy } from './described-by.js';
import { writeId } from './write-id.js';

/** Writes an object in one request. */
export async function putObject(
  bucket: S3Bucket,
  key: string,
  body: Uint8Array,
  call: DriverWrite,
): Promise<FileInfo> {
  // Sent again, a write without conditions does what it did the first time.
  const conditional = call.ifNotExists || call.ifMatch !== undefined;
  const id = conditional ? writeId(bucket, key, call.signal) : undefined;
  const put = () =>
    bucket.send(call.signal, async (client, { PutObjectCommand }, target, options) => {
      const answer = await client.send(
        new PutObjectCommand({
          ...target,
          Key: key,
          Body: body,
          ...describedBy(call, id),
          ...conditionHeaders(call),
        }),
        options,
      );
      return alwaysSent(answer, answer.ETag, 'ETag');
    });
  const etag = await underConditions(call, () => (id === undefined ? put() : id.orAlreadyWritten(put)));
  return writtenInfo(key, body.byteLength, etag);
}
