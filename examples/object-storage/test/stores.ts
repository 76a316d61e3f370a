/** A real server of each kind for the tests of one file, with a bucket on it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FileSystem } from '@flowerpower/fs';
import { createGcsFileSystem } from '@flowerpower/plugin-gcs';
import { createS3FileSystem } from '@flowerpower/plugin-s3';
import { afterAll, beforeAll } from 'vitest';
import {
  accessKey,
  isInstalled,
  type RunningServer,
  secretKey,
  startServer,
} from '../../../tools/servers/servers.mjs';
import { setVariables } from '../../../tools/servers/set-variables.js';

/** `npm run servers` installs them. */
export const areMissing =
  !(isInstalled('versitygw') && isInstalled('fake-gcs-server')) &&
  process.env['FLOWERPOWER_REQUIRE_SERVERS'] === undefined;

export interface Store {
  readonly scheme: 's3' | 'gs';
  readonly endpoint: string;
  open(bucket: string, endpoint?: string): FileSystem;
  newBucket(name: string): Promise<void>;
}

/** Starts the servers before the tests of the suite that calls this, and ends them after them. */
export function startStores(): Readonly<Record<'s3' | 'gs', Store>> {
  let servers: RunningServer[];
  let restore: () => void;
  beforeAll(async () => {
    servers = await Promise.all([startServer('versitygw'), startServer('fake-gcs-server')]);
    restore = setVariables({
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      S3_ENDPOINT: servers[0]!.endpoint,
      GCS_ENDPOINT: servers[1]!.endpoint,
    });
  });
  afterAll(async () => {
    restore();
    for (const server of servers) await server.stop();
  });
  return {
    s3: {
      scheme: 's3',
      get endpoint() {
        return servers[0]!.endpoint;
      },
      open: (bucket, endpoint = servers[0]!.endpoint) => createS3FileSystem({ bucket, endpoint }),
      async newBucket(name) {
        const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
        const { endpoint } = servers[0]!;
        const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
        await client.send(new CreateBucketCommand({ Bucket: name }));
        client.destroy();
      },
    },
    gs: {
      scheme: 'gs',
      get endpoint() {
        return servers[1]!.endpoint;
      },
      open: (bucket, endpoint = servers[1]!.endpoint) => createGcsFileSystem({ bucket, endpoint }),
      async newBucket(name) {
        const body = JSON.stringify({ name });
        await fetch(`${servers[1]!.endpoint}/storage/v1/b?project=p`, { method: 'POST', body });
      },
    },
  };
}

const root = join(import.meta.dirname, '..');

/** The command, as it is built. */
export async function flowerpower(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const bin = join(root, '../../packages/cli/bin.mjs');
  const child = spawn(process.execPath, [bin, ...args], { cwd: root, env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}
