import { type DriverDelete, DriverFailure } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import { orAbsent } from '../errors/or-absent.js';
import { matchHeader } from '../client/match-header.js';
import { s3Failure } from '../errors/s3-failure.js';

/** Deletes an object, if it is still of that version; stores that do not know the condition delete it all the same. */
export async function deleteObject(
  bucket: S3Bucket,
  key: string,
  { signal, ifMatch }: DriverDelete,
): Promise<void> {
  await orAbsent(
    bucket.send(signal, (client, { DeleteObjectCommand }, target, options) =>
      client.send(new DeleteObjectCommand({ ...target, Key: key, ...matchHeader(ifMatch) }), options),
    ),
  );
}

/** Deletes at most 1,000 objects in one request; those that are not there are none to worry about. */
export async function deleteObjects(
  bucket: S3Bucket,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const together = keys.filter((key) => !unnameable.test(key));
  const alone = together.length === 1 ? keys : keys.filter((key) => unnameable.test(key));
  if (together.length > 1) await deleteTogether(bucket, together, signal);
  for (const key of alone) await deleteObject(bucket, key, { signal });
}

/** What XML 1.0 has no way to write: a request that names such a key is refused as a whole. */
// oxlint-disable-next-line no-control-regex -- it is those that are looked for
const unnameable = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u;

async function deleteTogether(
  bucket: S3Bucket,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const answer = await bucket.send(signal, (client, { DeleteObjectsCommand }, target, options) =>
    client.send(
      new DeleteObjectsCommand({ ...target, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
      options,
    ),
  );
  alwaysSent(answer, answer.Deleted ?? answer.Errors, 'DeleteResult');
  // Some stores do worry about those that another has deleted.
  const Errors = (answer.Errors ?? []).filter(({ Code }) => Code !== 'NoSuchKey');
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
