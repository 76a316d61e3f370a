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
  let size = 0;
  let upload: MultipartUpload | undefined;
  const waiting = partBuffer({
    partSize,
    async send(part, partNumber) {
      upload ??= await multipartUpload(bucket, key, call, live);
      await upload.add(partNumber, part, () => waiting.giveBack(part));
    },
  });

  return {
    async write(chunk) {
      size += chunk.byteLength;
      await waiting.write(chunk);
    },
    async close(): Promise<FileInfo> {
      const { part, partNumber } = waiting.last();
      if (upload === undefined) return putObject(bucket, key, part, call);
      await upload.add(partNumber, part);
      return upload.complete(size);
    },
    async abort() {
      await upload?.abort();
    },
  };
}
