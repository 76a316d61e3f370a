/** Gathers what is written into pieces: one request if it is small, an upload session if it is not. */
import { DriverFailure, type DriverWrite, type DriverWriter, partBuffer } from '@flowerpower/fs';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { objectInfo, type ObjectResource } from '../read/object-info.js';
import { preconditions, underConditions } from './conditions.js';
import { deleteObject } from './delete-object.js';
import { describable } from '../client/describable.js';
import { putObject } from './put-object.js';
import { pieceSize, uploadSession, type UploadSession } from './upload-session.js';

export async function objectWriter(bucket: GcsBucket, key: string, call: DriverWrite): Promise<DriverWriter> {
  describable(call);
  // A version that no object can have is refused before anything is sent.
  preconditions(call);
  const digest = await bucket.connection.crc32c();
  let session: UploadSession | undefined;
  const waiting = partBuffer({
    partSize: () => pieceSize,
    async send(piece) {
      session ??= await uploadSession(bucket, key, call);
      await session.add(piece);
      waiting.giveBack(piece);
    },
  });

  return {
    async write(chunk) {
      digest.update(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      await waiting.write(chunk);
    },
    async close() {
      const crc32c = digest.toString();
      const last = waiting.last().part;
      const object = await underConditions(
        call,
        (): Promise<ObjectResource> =>
          session === undefined
            ? putObject(bucket, key, last, { ...call, crc32c })
            : session.finish(last, crc32c),
      );
      if (object.crc32c !== undefined && object.crc32c !== crc32c) {
        // A server that does not look at the checksum it is sent. Nobody shall read what it made of it.
        await deleteObject(bucket, key, { signal: call.signal, generation: object.generation });
        throw new DriverFailure('ChecksumMismatch', 'the bytes that arrived are not those that were sent');
      }
      return objectInfo(object);
    },
    async abort() {
      await session?.cancel();
    },
  };
}
