/** Gathers what is written into parts: one request if it is small, an upload in parts if it is not. */
import { type DriverWrite, type DriverWriter, type FileInfo, partBuffer } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { multipartUpload, type MultipartUpload } from './multipart-upload.js';
import { partSize } from './part-size.js';
import { putObject } from './put-object.js';
import type { LiveUploads } from './live-uploads.js';

export function objectWriter(
  bucket: S3Bucket,
  key: string,
  call: DriverWrite,
  live: LiveUploads,
): DriverWriter {
  const waiting = partBuffer();
  let size = 0;
  let nextPart = 1;
  let upload: MultipartUpload | undefined;

  return {
    async write(chunk) {
      waiting.add(chunk);
      size += chunk.byteLength;
      while (waiting.size > partSize(nextPart)) {
        upload ??= await multipartUpload(bucket, key, call, live);
        await upload.add(nextPart, waiting.take(partSize(nextPart)));
        nextPart++;
      }
    },
    async close(): Promise<FileInfo> {
      const last = waiting.take(waiting.size);
      if (upload === undefined) return putObject(bucket, key, last, call);
      await upload.add(nextPart, last);
      return upload.complete(size);
    },
    async abort() {
      await upload?.abort();
    },
  };
}
