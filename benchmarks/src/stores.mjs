// What do the plugins for stores of objects add to the SDKs below them, and does memory stay constant?
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessKey, isInstalled, secretKey, startServer } from '../../tools/servers/servers.mjs';
import { measureApart } from './apart.mjs';
import { listings, ours, sdkOfGcs, sdkOfS3 } from './store-contenders.mjs';
import { table } from './table.mjs';

const node = `Node ${process.versions.node}`;
const bucket = 'bench';
const signed = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey };
const s3 = { module: '@flowerpower/plugin-s3', maker: 'createS3FileSystem', bucket };
const gcs = { module: '@flowerpower/plugin-gcs', maker: 'createGcsFileSystem', bucket };

export async function run() {
  const tables = [
    await onServer('versitygw', async ({ endpoint, folder }) => {
      mkdirSync(join(folder, bucket));
      const target = { ...s3, endpoint };
      return [
        await transfers('S3', target, sdkOfS3, [256, 1024]),
        await listing({ ...target, bucket: makeKeys(folder, 'keys', 100_000) }),
      ];
    }),
    await onServer('fake-gcs-server', async ({ endpoint }) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ name: bucket });
      await fetch(`${endpoint}/storage/v1/b?project=p`, { method: 'POST', headers, body });
      return [await transfers('Google Cloud Storage', { ...gcs, endpoint }, sdkOfGcs, [64, 256])];
    }),
  ];
  return tables.flat().join('\n');
}

async function onServer(name, work) {
  if (!isInstalled(name))
    return [`\n${name} is not installed, so what it would answer is not measured: npm run servers`];
  const server = await startServer(name);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function transfers(store, target, sdk, sizesMB) {
  const rows = [['', 'MB', 'throughput of SDK', 'CPU of SDK', 'peak MB', 'peak MB, SDK']];
  for (const sizeMB of sizesMB) {
    // What was written is read.
    for (const kind of ['write', 'read']) {
      const [own, bare] = await measureApart(
        [
          { name: 'ours', prepare: ours[kind] },
          { name: 'the SDK', prepare: sdk[kind] },
        ],
        {
          argument: { ...target, key: 'x', sizeMB },
          expected: sizeMB * 2 ** 20,
          rounds: sizeMB > 500 ? 2 : 4,
          env: signed,
        },
      );
      rows.push([
        kind,
        String(sizeMB),
        `${(bare.clockMs / own.clockMs).toFixed(2)}x`,
        `${(own.cpuMs / bare.cpuMs).toFixed(2)}x`,
        own.peakMB.toFixed(0),
        bare.peakMB.toFixed(0),
      ]);
    }
  }
  return table(
    `${store}: a large object as a multiple of the SDK alone (aims: throughput 0.90x, peak below 150 MB and constant), ${node}`,
    rows,
  );
}

/** Files of one byte each are objects of one byte each there. */
function makeKeys(folder, name, count) {
  for (let directory = 0; directory < count / 1000; directory++) {
    const at = join(folder, name, `d${String(directory).padStart(4, '0')}`);
    mkdirSync(at, { recursive: true });
    for (let file = 0; file < 1000; file++) writeFileSync(join(at, `k${String(file).padStart(4, '0')}`), 'x');
  }
  return name;
}

async function listing(target) {
  const [own, bare] = await measureApart(
    [
      { name: 'ours', prepare: listings.ours },
      { name: 'the SDK', prepare: listings.sdk },
    ],
    { argument: target, expected: 100_000, rounds: 2, env: signed },
  );
  return table(`S3: 100,000 keys as a multiple of the paginator of the SDK, ${node}`, [
    ['', 'throughput of SDK', 'CPU of SDK', 'peak MB', 'peak MB, SDK'],
    [
      'list',
      `${(bare.clockMs / own.clockMs).toFixed(2)}x`,
      `${(own.cpuMs / bare.cpuMs).toFixed(2)}x`,
      own.peakMB.toFixed(0),
      bare.peakMB.toFixed(0),
    ],
  ]);
}
