/** What is asked of a real object store, counted by a proxy in front of it. */
import { parseOptions } from '@flowerpower/io';
import { createS3FileSystem } from '@flowerpower/plugin-s3';
import { describe, expect, test } from 'vitest';
import { faultProxy, type ProxiedRequest } from '../../../tools/servers/fault-proxy.js';
import { isMissing, s3Server } from '../../s3/src/__fixtures__/s3-server.js';
import { parquetLoader } from './parquet-loader.js';
import { parquetSaver } from './parquet-saver.js';
import { planRead } from './read/read-plan.js';

const path = 'table.parquet';
const footerRead = 64 * 1024;

/** Four row groups. Texts that do not compress, so that no column lies near another. */
const rows = Array.from({ length: 20_000 }, (_, id) => ({
  id,
  half: id / 2,
  left: `${Math.sin(id)}${Math.cos(id)}`,
  right: `${Math.tan(id)}${Math.sqrt(id)}`,
}));

describe.skipIf(isMissing('versitygw'))('a Parquet file on S3', () => {
  const server = s3Server('versitygw');

  /** What was asked for while the rows were loaded, and what the footer says of the file. */
  async function load(options: object) {
    const proxy = await faultProxy(server.endpoint);
    const fs = createS3FileSystem({
      bucket: await server.newBucket(),
      endpoint: proxy.endpoint,
      region: 'us-east-1',
    });
    try {
      const context = { resolve: (given: string) => ({ fs, path: given }) };
      const saveOptions = parseOptions(parquetSaver, { path, rowGroupRows: 5000 });
      await parquetSaver.save(rows, saveOptions, context);
      const parsed = parseOptions(parquetLoader, { path, ...options });
      const before = proxy.requests.length;
      const { value, metadata } = await parquetLoader.load(parsed, context);
      const requests = proxy.requests.slice(before);
      const plan = await planRead(parsed, context);
      return { value, metadata, requests, plan };
    } finally {
      await fs.close();
      await proxy.close();
    }
  }

  test('one column is the head, the footer, and the bytes of that column', async () => {
    const { value, requests, plan } = await load({ columns: ['left'] });
    expect(value).toEqual(rows.map(({ left }) => ({ left })));
    const chunks = chunkBytes(plan, 'left');
    expect(chunks).toHaveLength(4);
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'GET', 'GET', 'GET', 'GET']);
    const [footer, ...ranges] = requests.slice(1).map(rangeBytes);
    expect(footer).toBe(footerRead);
    // What the tail of the last row group holds has been read with the footer.
    expect(ranges).toEqual(chunks);
    const whole = plan.file.sizeBytes;
    expect(footerRead + sum(chunks)).toBeLessThan(whole / 2);
  });

  test('of row groups that the filter excludes nothing is asked', async () => {
    const { value, requests, plan } = await load({
      columns: ['left'],
      filter: { id: { gte: 5000, lt: 5002 } },
    });
    expect(value).toEqual([{ left: rows[5000]!.left }, { left: rows[5001]!.left }]);
    const needed = chunkBytes(plan, 'left')[1]! + chunkBytes(plan, 'id')[1]!;
    const asked = sum(requests.slice(2).map(rangeBytes));
    // Beside each other or with a small gap between them, the columns share a request.
    expect(requests.length).toBeLessThanOrEqual(4);
    expect(asked).toBeGreaterThanOrEqual(needed);
    expect(asked).toBeLessThan(needed + footerRead);
  });

  test('a whole file is read once', async () => {
    const { metadata, requests, plan } = await load({});
    expect(metadata).toMatchObject({ rows: rows.length, sha256: expect.any(String) });
    expect(requests).toHaveLength(2 + 4);
    expect(sum(requests.slice(1).map(rangeBytes))).toBeLessThanOrEqual(plan.file.sizeBytes + footerRead);
  });
});

function chunkBytes({ file }: Awaited<ReturnType<typeof planRead>>, column: string): number[] {
  return file.metadata.row_groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data: chunk }) =>
      chunk?.path_in_schema[0] === column ? [Number(chunk.total_compressed_size)] : [],
    ),
  );
}

/** Of a request for a part: bytes are counted with both ends. */
function rangeBytes({ headers }: ProxiedRequest): number {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')!;
  return Number(end) - Number(start) + 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
