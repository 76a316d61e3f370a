import { DriverFailure } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { s3Failure } from '../errors/s3-failure.js';

/** Deletes at most 1,000 objects in one request; those that are not there are none to worry about. */
export async function deleteObjects(
  bucket: S3Bucket,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (keys.length === 0) return;
  if (keys.length === 1) {
    await bucket.send(signal, (client, { DeleteObjectCommand }, target, options) =>
      client.send(new DeleteObjectCommand({ ...target, Key: keys[0]! }), options),
    );
    return;
  }
  const { Errors = [] } = await bucket.send(signal, (client, { DeleteObjectsCommand }, target, options) =>
    client.send(
      new DeleteObjectsCommand({ ...target, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } }),
      options,
    ),
  );
  const [first] = Errors;
  if (first === undefined) return;
  const error = Object.assign(new Error(first.Message ?? 'The store gives no reason.'), {
    name: first.Code ?? 'Error',
  });
  const more = Errors.length > 1 ? `, and ${Errors.length - 1} more` : '';
  throw new DriverFailure(
    s3Failure(error)?.reason ?? 'Unknown',
    `'${first.Key}' could not be deleted${more}: ${error.message}`,
    error,
  );
}
