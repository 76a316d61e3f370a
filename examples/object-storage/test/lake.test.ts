/** CSV on S3 and Parquet on Google Cloud Storage become a folder of Parquet, on real servers, run by the command. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLocalFileSystem, type FileSystem } from '@flowerpower/fs';
import { parseOptions } from '@flowerpower/io';
import { parquetLoader, parquetSaver } from '@flowerpower/plugin-parquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { areMissing, flowerpower, startStores } from './stores.js';

const root = join(import.meta.dirname, '..');
const output = join(root, 'output');

describe.skipIf(areMissing)('the lake', () => {
  const stores = startStores();
  let shop: FileSystem;
  let catalogue: FileSystem;

  beforeEach(async () => {
    for (const [scheme, name] of [
      ['s3', 'shop'],
      ['gs', 'catalogue'],
    ] as const) {
      const fs = stores[scheme].open(name);
      if (scheme === 's3') shop = fs;
      else catalogue = fs;
      await stores[scheme].newBucket(name).catch(() => undefined);
      await fs.deleteDir('', { allowRoot: true });
    }
    await shop.write('raw/orders-1.csv.gz', gzipSync('day,product,quantity\n2025-12-31,apple,3\n'));
    await shop.write(
      'raw/orders-2.csv.gz',
      gzipSync('day,product,quantity\n2026-01-01,pear,1\n2026-01-02,apple,2\n'),
    );
    await shop.write('raw/refunds.csv.gz', gzipSync('day\n'));
    await parquetSaver.save(
      [
        { product: 'apple', supplier: 'x', category: 'fruit', price: 0.5 },
        { product: 'pear', supplier: 'y', category: 'fruit', price: 2 },
      ],
      parseOptions(parquetSaver, { path: 'products.parquet' }),
      { resolve: (path) => ({ fs: catalogue, path }) },
    );
  });
  afterEach(async () => {
    await shop.close();
    await catalogue.close();
    rmSync(output, { recursive: true, force: true });
  });

  const run = () => flowerpower(['pipeline', 'run', 'lake', '--quiet']);
  const saved = async (path: string) => {
    const fs = createLocalFileSystem({ root });
    const options = parseOptions(parquetLoader, { path });
    return (await parquetLoader.load(options, { resolve: (inside) => ({ fs, path: inside }) })).value;
  };

  test('has a part for each month, and its rows come back with their types', async () => {
    expect(await run()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(output, 'sales')).sort()).toEqual(['_manifest.json', 'year=2025', 'year=2026']);
    expect(readdirSync(join(output, 'sales', 'year=2026'))).toEqual(['month=1']);
    const fruit = { category: 'fruit' };
    expect(await saved('output/sales/')).toEqual([
      { day: new Date('2025-12-31'), product: 'apple', ...fruit, revenue: 1.5, year: 2025, month: 12 },
      { day: new Date('2026-01-01'), product: 'pear', ...fruit, revenue: 2, year: 2026, month: 1 },
      { day: new Date('2026-01-02'), product: 'apple', ...fruit, revenue: 1, year: 2026, month: 1 },
    ]);
  });

  test('is replaced as a whole by the next run, and stays when one fails', async () => {
    expect(await run()).toMatchObject({ status: 0 });
    await shop.delete('raw/orders-1.csv.gz');
    expect(await run()).toMatchObject({ status: 0 });
    const before = await saved('output/sales/');
    expect(before).toMatchObject([{ product: 'pear' }, { product: 'apple', year: 2026 }]);
    await shop.write('raw/orders-3.csv.gz', gzipSync('day,product,quantity\n2026-02-01,plum,1\n'));
    const failed = await run();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("There is no product 'plum'.");
    expect(await saved('output/sales/')).toEqual(before);
  });

  test('is checked from the stores to its last column', async () => {
    expect(await flowerpower(['check', 'lake'])).toMatchObject({ status: 0 });
  });
});
