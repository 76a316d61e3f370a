import { DriverFailure, type SignedUrlOptions } from '@flowerpower/fs';
import type { S3Bucket } from './s3-bucket.js';

/** What the signature allows (AWS Signature Version 4). */
const maxSeconds = 7 * 24 * 3600;

/** A URL that lets its bearer read or write one object until it expires. */
export async function signedUrl(
  bucket: S3Bucket,
  key: string,
  { method, expiresInS, contentType, signal }: SignedUrlOptions,
): Promise<string> {
  if (!(expiresInS >= 1 && expiresInS <= maxSeconds)) {
    throw new DriverFailure('BadOption', `expiresInS is between 1 and ${maxSeconds}, not ${expiresInS}`);
  }
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  return bucket.send(signal, (client, { GetObjectCommand, PutObjectCommand }, target) => {
    const command =
      method === 'GET'
        ? new GetObjectCommand({ ...target, Key: key })
        : new PutObjectCommand({
            ...target,
            Key: key,
            ...(contentType !== undefined && { ContentType: contentType }),
          });
    return getSignedUrl(client, command, { expiresIn: expiresInS });
  });
}
