import { expect, test } from 'vitest';
import { inputDataset, outputDataset } from './dataset.js';

test.each([
  ['file:///data/my%20sales.csv', 'file', '/data/my sales.csv'],
  ['s3://bucket/a/b%20c.parquet', 's3://bucket', 'a/b c.parquet'],
  ['gs://bucket/a', 'gs://bucket', 'a'],
  ['s3://bucket', 's3://bucket', '/'],
  ['memory:///a/b.json', 'inmemory://', '/a/b.json'],
  ['https://example.org/x/y?z=1', 'https://example.org', 'x/y?z=1'],
  ['postgres://host:5432/db/schema/table', 'postgres://host:5432', 'db/schema/table'],
  ['s3://bucket/100%', 's3://bucket', '100%'],
  ['no uri at all', 'file', 'no uri at all'],
])('%s is %s %s', (uri, namespace, name) => {
  if (process.platform === 'win32' && uri.startsWith('file:')) return;
  const found = inputDataset({ uri, format: 'csv' });
  expect([found.namespace, found.name]).toEqual([namespace, name]);
  expect(found.inputFacets).toEqual({});
  expect(URL.canParse(String(found.facets['dataSource']!['uri'])) || uri === 'no uri at all').toBe(true);
});

test('rows, bytes and files are statistics', () => {
  const { outputFacets } = outputDataset({
    uri: 's3://b/k/',
    format: 'parquet',
    rows: 3,
    bytes: 40,
    files: 2,
  });
  expect(outputFacets!['outputStatistics']).toMatchObject({ rowCount: 3, size: 40, fileCount: 2 });
});
