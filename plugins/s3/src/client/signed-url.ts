import type { S3Client } from '@aws-sdk/client-s3';
import { DriverFailure, type SignedUrlOptions } from '@flowerpower/fs';
import type { S3Bucket } from './s3-bucket.js';

/** What the signature allows (AWS Signature Version 4). */
const maxSeconds = 7 * 24 * 3600;

/** A URL that lets its bearer read or write one object until it expires. */
export async function signedUrl(
  bucket: S3Bucket,
  signer: S3Client,
  key: string,
  { method, expiresInS, contentType, signal }: SignedUrlOptions,
): Promise<string> {
  if (!(Number.isInteger(expiresInS) && expiresInS >= 1 && expiresInS <= maxSeconds)) {
    throw new DriverFailure(
      'BadOption',
      `expiresInS is a whole number between 1 and ${maxSeconds}, not ${expiresInS}`,
    );
  }
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  return bucket.send(signal, (_client, { GetObjectCommand, PutObjectCommand }, target) => {
    const command =
      method === 'GET'
        ? new GetObjectCommand({ ...target, Key: key })
        : new PutObjectCommand({
            ...target,
            Key: key,
            ...(contentType !== undefined && { ContentType: contentType }),
          });
    // Otherwise any content type could be sent.
    const signableHeaders = new Set(['content-type']);
    return getSignedUrl(signer, command, { expiresIn: expiresInS, signableHeaders });
  });
}
