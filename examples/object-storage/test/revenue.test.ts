/** The project on a real server of each kind, run by the command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FileSystem } from '@flowerpower/fs';
import { createGcsFileSystem } from '@flowerpower/plugin-gcs';
import { createS3FileSystem } from '@flowerpower/plugin-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accessKey,
  isInstalled,
  type RunningServer,
  secretKey,
  startServer,
} from '../../../tools/servers/servers.mjs';
import { setVariables } from '../../../tools/servers/set-variables.js';

const root = join(import.meta.dirname, '..');
const areMissing =
  !(isInstalled('versitygw') && isInstalled('fake-gcs-server')) &&
  process.env['FLOWERPOWER_REQUIRE_SERVERS'] === undefined;

// `npm run servers` installs them.
describe.skipIf(areMissing)('on S3 and Google Cloud Storage', () => {
  let servers: RunningServer[];
  let restore: () => void;
  let shop: FileSystem;
  let catalogue: FileSystem;

  beforeAll(async () => {
    servers = await Promise.all([startServer('versitygw'), startServer('fake-gcs-server')]);
    const [s3, gcs] = servers.map(({ endpoint }) => endpoint) as [string, string];
    restore = setVariables({
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      S3_ENDPOINT: s3,
      GCS_ENDPOINT: gcs,
    });
    shop = createS3FileSystem({ bucket: 'shop', endpoint: s3 });
    catalogue = createGcsFileSystem({ bucket: 'catalogue', endpoint: gcs });
    await createBuckets(s3, gcs);
  });
  afterAll(async () => {
    await shop.close();
    await catalogue.close();
    restore();
    for (const server of servers) await server.stop();
  });
  beforeEach(async () => {
    await shop.deleteDir('', { allowRoot: true });
    await shop.write('raw/orders.csv.gz', gzipSync('product,quantity\napple,3\npear,1\napple,2\n'));
    await catalogue.write('prices.csv', 'product,price\napple,0.5\npear,2\n');
  });

  test('a run reads and writes both stores', async () => {
    const { status, stdout, stderr } = await flowerpower('pipeline', 'run', 'revenue', '--json', '--quiet');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'success',
      outputs: { total: 4.5, delivered: ['raw/orders.csv.gz'] },
    });
    expect(await shop.readText('reports/revenue.csv')).toBe('product,revenue\napple,2.5\npear,2\n');
    expect(await catalogue.readText('total.json')).toBe('4.5\n');
  });

  test('the types of what the stores hold are checked as those of local files', async () => {
    expect(await flowerpower('check')).toMatchObject({ status: 0 });
  });

  test('a missing object is said with the line that names it, and nothing is written', async () => {
    await shop.delete('raw/orders.csv.gz');
    const { status, stderr } = await flowerpower('pipeline', 'run', 'revenue');
    expect(status).toBe(1);
    expect(stderr).toContain('io.load.orders: s3://shop/raw/orders.csv.gz does not exist');
    expect(stderr).toContain('conf/pipelines/revenue.yml:');
    expect(await shop.exists('reports')).toBe(false);
  });

  const wrongLogins: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
      'a secret that is wrong',
      { AWS_SECRET_ACCESS_KEY: 'a-wrong-secret-0123456789' },
      /secret key does not belong|access is denied/,
    ],
    ['a key that is wrong', { AWS_ACCESS_KEY_ID: 'AKIAWRONG0123456789' }, /access/],
    ['a token that is wrong', { AWS_SESSION_TOKEN: 'a-wrong-token-0123456789' }, /revenue/],
    ['a store that is not there', { S3_ENDPOINT: 'http://127.0.0.1:9' }, /not available/],
  ];
  test.each(wrongLogins)(
    '%s puts no credential into what is printed, thrown or told',
    async (_name, wrong, says) => {
      const undo = setVariables(wrong);
      const told: string[] = [];
      try {
        for (const more of [[], ['--json'], ['--log-level', 'DEBUG']]) {
          const { stdout, stderr } = await flowerpower('pipeline', 'run', 'revenue', ...more);
          expect(stdout + stderr).toMatch(says);
          told.push(stdout, stderr);
        }
        const { stdout } = await started('--input-type=module', '-e', everythingTold);
        expect(stdout).toContain('node.started');
        told.push(stdout);
      } finally {
        undo();
      }
      // A token that belongs to no login is no business of this store, which then lets the run succeed.
      for (const secret of [...Object.values(wrong).filter((text) => !text.startsWith('http')), secretKey]) {
        expect(
          told.filter((text) => text.includes(secret)),
          secret,
        ).toEqual([]);
      }
      expect(told.filter((text) => /Signature=|X-Amz-Security|AWS4-HMAC|authorization/i.test(text))).toEqual(
        [],
      );
    },
  );
});

/** Prints all that a program is told of a run, hidden properties too. */
const everythingTold = `
  import { inspect } from 'node:util';
  import { FlowerPowerProject } from 'flowerpower';
      const deep = (value) =>
    console.log(inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }));
  const project = await FlowerPowerProject.load('.', { onEvent: deep });
  await project.run('revenue').catch(deep);
  await project.close();
`;

async function createBuckets(s3: string, gcs: string): Promise<void> {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ endpoint: s3, region: 'us-east-1', forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'shop' }));
  client.destroy();
  await fetch(`${gcs}/storage/v1/b?project=p`, {
    method: 'POST',
    body: JSON.stringify({ name: 'catalogue' }),
  });
}

function flowerpower(...args: string[]) {
  return started(join(root, '../../packages/cli/bin.mjs'), ...args);
}

async function started(...args: string[]) {
  const child = spawn(process.execPath, args, { cwd: root, env: process.env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}
