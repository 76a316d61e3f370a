import {
  type DriverRead,
  type DriverReader,
  type ObjectBody,
  rangeHeader,
  resumingReader,
} from '@flowerpower/fs';
import type { IncomingMessage } from 'node:http';
import { type GcsBucket, objectAt, readable } from '../client/gcs-bucket.js';
import { requireOpen } from '../client/require-open.js';
import { foreignAnswer } from '../errors/foreign-answer.js';
import { isGeneration } from './object-info.js';

/** Reads one object as its bytes arrive, as they are stored; a whole object is checked by its CRC32C. */
export function openObject(bucket: GcsBucket, key: string, call: DriverRead): Promise<DriverReader> {
  const { closings } = bucket.connection;
  return resumingReader(call, {
    readable,
    async open(range, ifMatch): Promise<ObjectBody> {
      requireOpen(bucket.connection, closings);
      const { value: message } = await bucket.ask(
        {
          method: 'GET',
          to: objectAt(key),
          // The service refuses a version that none can be; it is told apart by the answer.
          query: {
            alt: 'media',
            ...(ifMatch !== undefined && isGeneration(ifMatch) && { ifGenerationMatch: ifMatch }),
          },
          // An object that was uploaded compressed would be decompressed on the way otherwise.
          headers: { 'accept-encoding': 'gzip', ...(range !== undefined && { range: rangeHeader(range) }) },
          signal: call.signal,
        },
        ofTheService,
      );
      const header = (name: string) => [message.headers[name]].flat().join(',') || undefined;
      const version = header('x-goog-generation');
      const length = header('content-length');
      const stored = /crc32c=([^,]+)/.exec(header('x-goog-hash') ?? '')?.[1];
      // The digest is that of the whole object.
      const digest =
        range === undefined && stored !== undefined ? await bucket.connection.crc32c() : undefined;
      return {
        chunks: message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
        destroy: () => message.destroy(),
        length: length === undefined ? undefined : Number(length),
        contentRange: header('content-range'),
        version,
        digest: digest && {
          update: (bytes) => digest.update(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
          matches: () => digest.toString() === stored,
        },
      };
    },
  });
}

/** Every object that the service sends has a generation. */
function ofTheService(message: IncomingMessage): IncomingMessage {
  if (message.headers['x-goog-generation'] !== undefined) return message;
  message.destroy();
  throw foreignAnswer(message);
}
