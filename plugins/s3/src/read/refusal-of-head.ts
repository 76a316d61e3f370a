import { DriverFailure } from '@flowerpower/fs';
import type { Readable } from 'node:stream';
import type { S3Bucket } from '../client/s3-bucket.js';

const refusals: ReadonlySet<number | undefined> = new Set([301, 307, 400, 401, 403]);

/** HEAD is refused without a word. The same question by GET is told why, so that the failure can say it. */
export async function refusalOfHead(
  bucket: S3Bucket,
  key: string,
  signal: AbortSignal | undefined,
  refused: DriverFailure,
): Promise<unknown> {
  if (!refusals.has(refused.failure.status)) return refused;
  try {
    const { Body } = await bucket.send(signal, (client, { GetObjectCommand }, target, options) =>
      client.send(new GetObjectCommand({ ...target, Key: key, Range: 'bytes=0-0' }), options),
    );
    (Body as Readable).destroy();
    return refused;
  } catch (error) {
    const isAnother = error instanceof DriverFailure && !refusals.has(error.failure.status);
    return isAnother ? refused : error;
  }
}
