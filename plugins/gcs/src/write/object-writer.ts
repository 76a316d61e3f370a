/** Gathers what is written into pieces: one request if it is small, an upload session if it is not. */
import { DriverFailure, type DriverWrite, type DriverWriter, partBuffer } from '@flowerpower/fs';
import type { GcsBucket } from '../client/gcs-bucket.js';
import { objectInfo, type ObjectResource } from '../read/object-info.js';
import { orAlreadyWritten } from './already-written.js';
import { underConditions } from './conditions.js';
import { putObject } from './put-object.js';
import { pieceSize, uploadSession, type UploadSession } from './upload-session.js';

export async function objectWriter(bucket: GcsBucket, key: string, call: DriverWrite): Promise<DriverWriter> {
  const digest = await bucket.connection.crc32c();
  let session: UploadSession | undefined;
  const waiting = partBuffer({
    partSize: () => pieceSize,
    async send(piece) {
      session ??= await uploadSession(bucket, key, call);
      await session.add(piece);
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
      const write = (): Promise<ObjectResource> =>
        session === undefined ? putObject(bucket, key, last, { ...call, crc32c }) : session.finish(last);
      const object = await underConditions(call, () => orAlreadyWritten(bucket, key, crc32c, write));
      // A session takes no checksum along: what arrived is compared here.
      if (object.crc32c !== undefined && object.crc32c !== crc32c)
        throw new DriverFailure('ChecksumMismatch');
      return objectInfo(object);
    },
    async abort() {
      await session?.cancel();
    },
  };
}
