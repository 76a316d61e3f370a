/** A real server for the tests of one file, and buckets on it. */
import { CreateBucketCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { accessKey, isInstalled, type RunningServer, secretKey, startServer } from '../../../../tools/servers/servers.mjs';
import { setVariables } from '../../../../tools/servers/set-variables.js';

export type S3ServerName = 'versitygw' | 'moto';

/** Whether the tests of a server have to be skipped. In CI they fail instead. */
export function isMissing(name: S3ServerName): boolean {
  return !isInstalled(name) && process.env['FLOWERPOWER_REQUIRE_SERVERS'] === undefined;
}

export interface S3Server {
  readonly endpoint: string;
  newBucket(): Promise<string>;
  /** How many uploads in parts were begun and not ended. */
  unfinished(bucket: string): Promise<number>;
}

/** Starts the server before the tests of the suite that calls this, and ends it after them. */
export function s3Server(name: S3ServerName): S3Server {
  let restore: () => void;
  let server: RunningServer;
  let client: S3Client;
  beforeAll(async () => {
    restore = setVariables({ AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey });
    server = await startServer(name);
    client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true });
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
    restore();
  });
  return {
    get endpoint() {
      return server.endpoint;
    },
    async newBucket() {
      const bucket = `fp-${randomUUID()}`;
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
      return bucket;
    },
    async unfinished(bucket) {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      return Uploads.length;
    },
  };
}
