import { DriverFailure, type SignedUrlOptions } from '@flowerpower/fs';
import { credentialFailure } from '../errors/credential-failure.js';
import { describable } from './describable.js';
import type { GcsBucket } from './gcs-bucket.js';

/** What the signature allows (Cloud Storage, "V4 signing process"). */
const maxSeconds = 7 * 24 * 3600;

/** A URL that lets its bearer read or write one object until it expires. */
export async function signedUrl(
  { connection, name }: GcsBucket,
  key: string,
  { method, expiresInS, contentType }: SignedUrlOptions,
): Promise<string> {
  if (!(expiresInS >= 1 && expiresInS <= maxSeconds)) {
    throw new DriverFailure('BadOption', `expiresInS is between 1 and ${maxSeconds}, not ${expiresInS}`);
  }
  describable({ contentType });
  const file = await connection.file(name, key);
  try {
    const [url] = await file.getSignedUrl({
      version: 'v4',
      action: method === 'GET' ? 'read' : 'write',
      expires: Date.now() + expiresInS * 1000,
      ...(contentType !== undefined && { contentType }),
    });
    return url;
  } catch (error) {
    throw credentialFailure(error);
  }
}
