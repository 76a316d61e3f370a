/** An object that goes up in parts. Nothing of it is visible before it is complete; an aborted one leaves no part. */
import { DriverFailure, type DriverWrite, type FileInfo } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { orAborted } from '../client/or-aborted.js';
import { alwaysSent } from '../errors/always-sent.js';
import { limited } from './limited.js';
import { conditionHeaders, underConditions, writtenInfo } from './conditions.js';
import { describedBy } from './described-by.js';
import type { LiveUploads } from './live-uploads.js';
import { writeId } from './write-id.js';

/** More of them would not be faster, and each is held in memory. */
const partsAtOnce = 4;

/** Bytes from here, or a range of another object with the header values that name it. */
type Part =
  | Uint8Array
  | { readonly CopySource: string; readonly CopySourceIfMatch?: string; readonly CopySourceRange: string };

export interface MultipartUpload {
  /** Waits until a place is free. @param onStored - called when the part is no longer read. @throws what an earlier part failed with. */
  add(partNumber: number, part: Part, onStored?: () => void): Promise<void>;
  /** Once every part is there, makes the object visible. */
  complete(size: number): Promise<FileInfo>;
  /** Drops all parts, also those that are on their way. */
  abort(): Promise<void>;
}

type UploadCall = Pick<DriverWrite, 'signal' | 'ifNotExists' | 'ifMatch' | 'contentType' | 'metadata'>;

export async function multipartUpload(
  bucket: S3Bucket,
  key: string,
  call: UploadCall,
  live: LiveUploads,
): Promise<MultipartUpload> {
  const id = writeId(bucket, key, call.signal);
  const begun = await bucket.send(call.signal, (client, { CreateMultipartUploadCommand }, target, options) =>
    client.send(
      new CreateMultipartUploadCommand({
        ...target,
        Key: key,
        ...describedBy(call, id),
        // Some stores refuse parts with checksums of an upload that was begun without.
        ...(bucket.checksums && { ChecksumAlgorithm: 'CRC32' as const }),
      }),
      options,
    ),
  );
  const upload = { Key: key, UploadId: alwaysSent(begun, begun.UploadId, 'UploadId') };
  live.add(upload.UploadId);

  const parts: { PartNumber: number; ETag: string; ChecksumCRC32?: string }[] = [];
  const onTheWay = new Set<Promise<void>>();
  const stop = new AbortController();
  let failure: { readonly error: unknown } | undefined;

  async function send(partNumber: number, part: Part, onStored?: () => void): Promise<void> {
    try {
      const stored = await bucket.send(stop.signal, async (client, sdk, target, options) => {
        const place = { ...target, ...upload, PartNumber: partNumber };
        if (part instanceof Uint8Array) {
          const answer = await client.send(new sdk.UploadPartCommand({ ...place, Body: part }), options);
          return partOf(answer, answer);
        }
        const answer = await client.send(new sdk.UploadPartCopyCommand({ ...place, ...part }), options);
        return partOf(answer, answer.CopyPartResult);
      });
      parts.push({ PartNumber: partNumber, ...stored });
      onStored?.();
    } catch (error) {
      failure ??= { error };
    }
  }

  function refuseAfterFailure(): void {
    if (failure !== undefined) throw failure.error;
  }

  return {
    async add(partNumber, part, onStored) {
      while (onTheWay.size >= partsAtOnce) await orAborted(call.signal, Promise.race(onTheWay));
      refuseAfterFailure();
      const sending = send(partNumber, part, onStored).finally(() => onTheWay.delete(sending));
      onTheWay.add(sending);
    },
    async complete(size) {
      await orAborted(call.signal, Promise.all(onTheWay));
      refuseAfterFailure();
      parts.sort((a, b) => a.PartNumber - b.PartNumber);
      const finish = () =>
        bucket.send(call.signal, async (client, { CompleteMultipartUploadCommand }, target, options) => {
          const answer = await client.send(
            new CompleteMultipartUploadCommand({
              ...target,
              ...upload,
              MultipartUpload: { Parts: parts },
              ...conditionHeaders(call),
            }),
            options,
          );
          return alwaysSent(answer, answer.ETag, 'ETag');
        });
      const etag = await underConditions(call, () => id.orAlreadyWritten(finish));
      live.delete(upload.UploadId);
      return writtenInfo(key, size, etag);
    },
    async abort() {
      await settled(onTheWay, stop);
      await removeParts(bucket, upload);
      live.delete(upload.UploadId);
    },
  };
}

/** What the store has to be told again of a part. */
function partOf(
  answer: Parameters<typeof alwaysSent>[0],
  part: { readonly ETag?: string | undefined; readonly ChecksumCRC32?: string | undefined } | undefined,
) {
  const ETag = alwaysSent(answer, part?.ETag, 'ETag');
  return part?.ChecksumCRC32 === undefined ? { ETag } : { ETag, ChecksumCRC32: part.ChecksumCRC32 };
}

/**
 * A part whose bytes have all been sent is stored although nobody waits for the answer, and would outlive its upload. So those
 * on their way may end by themselves, for this long; then their connections are cut.
 */
const partGraceMs = 2000;

async function settled(onTheWay: ReadonlySet<Promise<void>>, stop: AbortController): Promise<void> {
  const timer = setTimeout(() => stop.abort(), partGraceMs);
  await Promise.all(onTheWay);
  clearTimeout(timer);
}

/** More often than this a store does not lose an abort. */
const maxAborts = 5;

/** One whose connection was cut may arrive afterwards all the same, and stay: so it is looked after. */
async function removeParts(bucket: S3Bucket, upload: { readonly Key: string; readonly UploadId: string }) {
  const signal = limited();
  try {
    for (let left = maxAborts; left > 0; left--) {
      await bucket.send(signal, (client, { AbortMultipartUploadCommand }, target, options) =>
        client.send(new AbortMultipartUploadCommand({ ...target, ...upload }), options),
      );
      await bucket.send(signal, (client, { ListPartsCommand }, target, options) =>
        client.send(new ListPartsCommand({ ...target, ...upload, MaxParts: 1 }), options),
      );
    }
  } catch (error) {
    if (error instanceof DriverFailure && error.failure.reason === 'NotFound') return;
    throw error === signal.reason ? new DriverFailure('Timeout', 'the store did not answer in time') : error;
  }
}
