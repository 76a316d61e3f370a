/** Gathers what is written into parts: one request if it is small, an upload in parts if it is not. */
import type { DriverWrite, DriverWriter, FileInfo } from '@flowerpower/fs';
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
  let chunks: Uint8Array[] = [];
  let gathered = 0;
  let size = 0;
  let nextPart = 1;
  let upload: MultipartUpload | undefined;

  const take = (bytes: number): Uint8Array => {
    const all = Buffer.concat(chunks, gathered);
    const rest = all.subarray(bytes);
    // A copy, so that a large chunk is not kept for the sake of its end.
    chunks = rest.byteLength === 0 ? [] : [Buffer.from(rest)];
    gathered = rest.byteLength;
    return all.subarray(0, bytes);
  };

  return {
    async write(chunk) {
      // A copy: the caller may use its buffer again.
      chunks.push(Buffer.from(chunk));
      gathered += chunk.byteLength;
      size += chunk.byteLength;
      while (gathered > partSize(nextPart)) {
        upload ??= await multipartUpload(bucket, key, call, live);
        await upload.add(nextPart, take(partSize(nextPart)));
        nextPart++;
      }
    },
    async close(): Promise<FileInfo> {
      const last = take(gathered);
      if (upload === undefined) return putObject(bucket, key, last, call);
      await upload.add(nextPart, last);
      return upload.complete(size);
    },
    async abort() {
      chunks = [];
      await upload?.abort();
    },
  };
}
