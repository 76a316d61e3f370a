import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import {
  type DriverRead,
  type DriverReader,
  type ObjectBody,
  rangeHeader,
  resumingReader,
} from '@flowerpower/fs';
import { readable, type S3Bucket } from '../client/s3-bucket.js';
import { alwaysSent } from '../errors/always-sent.js';
import { matchHeader } from '../client/match-header.js';

/** Reads one object as its bytes arrive. */
export function openObject(bucket: S3Bucket, key: string, call: DriverRead): Promise<DriverReader> {
  return resumingReader(call, {
    readable,
    async open(range, ifMatch): Promise<ObjectBody> {
      const answer = await bucket.send(call.signal, (client, { GetObjectCommand }, target, options) =>
        client.send(
          new GetObjectCommand({
            ...target,
            Key: key,
            ...(range !== undefined && { Range: rangeHeader(range) }),
            ...matchHeader(ifMatch),
          }),
          options,
        ),
      );
      const stream = answer.Body as Readable;
      const etag = etagOf(answer, stream);
      return {
        chunks: stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
        destroy: () => stream.destroy(),
        length: answer.ContentLength,
        contentRange: answer.ContentRange,
        version: etag,
      };
    },
  });
}

function etagOf(answer: GetObjectCommandOutput, stream: Readable): string {
  try {
    return alwaysSent(answer, answer.ETag, 'ETag');
  } catch (error) {
    stream.destroy();
    throw error;
  }
}
