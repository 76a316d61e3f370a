/** Copies an object inside its bucket, in parts where one request is not enough. */
import { type DriverCopy, DriverFailure, type FileInfo } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import type { ObjectInfo } from '../read/head-object.js';
import { writtenInfo } from './conditions.js';
import type { LiveUploads } from './live-uploads.js';
import { type MultipartUpload, multipartUpload } from './multipart-upload.js';
import { putObject } from './put-object.js';

/** The most that one request copies, and what one part of a larger copy holds. */
const maxSingleCopy = 5 * 1024 ** 3;
const copiedPart = 1024 ** 3;

export async function copyObject(
  bucket: S3Bucket,
  source: ObjectInfo,
  target: string,
  call: DriverCopy,
  live: LiveUploads,
): Promise<FileInfo> {
  const from = {
    CopySource: `${bucket.target.Bucket}/${source.path.split('/').map(encodeURIComponent).join('/')}`,
    ...(source.etag !== undefined && { CopySourceIfMatch: source.etag }),
  };
  const { contentType, metadata, size } = source;
  const described = { ...call, contentType, metadata };
  // Stores that obey the conditions of a write often ignore those of a copy.
  const conditional = call.ifNotExists || call.ifMatch !== undefined;
  if (conditional && size === 0) return putObject(bucket, target, new Uint8Array(), described);
  if (conditional || size > maxSingleCopy) {
    const upload = await multipartUpload(bucket, target, described, live);
    return copyInParts(upload, from, size);
  }
  const answer = await bucket.send(call.signal, (client, { CopyObjectCommand }, where, options) =>
    client.send(new CopyObjectCommand({ ...where, Key: target, ...from }), options),
  );
  return writtenInfo(target, size, alwaysSent(answer, answer.CopyObjectResult?.ETag, 'ETag'));
}

async function copyInParts(
  upload: MultipartUpload,
  from: { readonly CopySource: string },
  size: number,
): Promise<FileInfo> {
  try {
    for (let start = 0, part = 1; start < size; start += copiedPart, part++) {
      const last = Math.min(start + copiedPart, size) - 1;
      await upload.add(part, { ...from, CopySourceRange: `bytes=${start}-${last}` });
    }
    return await upload.complete(size);
  } catch (error) {
    try {
      await upload.abort();
    } catch (abortError) {
      if (!(error instanceof DriverFailure)) throw error;
      const both = new AggregateError([error, abortError]);
      const { reason, ...facts } = error.failure;
      throw new DriverFailure(
        reason,
        `${error.message}, and the parts of it could not be removed`,
        both,
        facts,
      );
    }
    throw error;
  }
}
