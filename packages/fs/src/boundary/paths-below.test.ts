import { expect, test } from 'vitest';
import { createBoundary } from './create-boundary.js';

const boundary = createBoundary({
  uri: 's3://team/apps/shop',
  protect: ['conf', '.flowerpower'],
  keepCaches: ['.flowerpower'],
});

test.each([
  ['data/x.csv', 'data/x.csv'],
  ['s3://team/apps/shop/data/x.csv', 'data/x.csv'],
  ['S3://team/apps/shop/./data/x.csv', 'data/x.csv'],
  ['s3://team/apps/shop', ''],
])('%s is in the project', (text, path) => {
  expect(boundary.locate(text)).toEqual({ kind: 'project', path, file: undefined });
});

test.each(['s3://team/apps/shop2/x', 's3://other/apps/shop/x', 'gs://team/apps/shop/x', 's3://team/x'])(
  '%s is elsewhere',
  (text) => {
    expect(boundary.locate(text)).toMatchObject({ kind: 'uri' });
  },
);

test.each(['/abs/x', 'file:///abs/x', '~/x'])('%s is no path there', (text) => {
  expect(() => boundary.locate(text)).toThrow(/outside|cannot be used/);
});

test.each([
  ['conf/project.yml', 'file', 'write'],
  ['./conf', 'file', 'write'],
  ['s3://team/apps/shop/conf/x', 'file', 'write'],
  ['s3://team/apps/shop', 'folder', 'write'],
  ['.flowerpower', 'folder', 'cache'],
  ['conf/cache', 'folder', 'cache'],
] as const)('%s (%s) is not written to (%s)', (text, as, use) => {
  expect(() => boundary.locate(text, as, use)).toThrow(
    expect.objectContaining({ code: 'FP_FS_PROTECTED' }) as Error,
  );
  expect(boundary.locate(text, as, 'read').kind).toBe('project');
});

test('keys that differ in case are two, and a cache may lie below what keeps caches', () => {
  expect(boundary.locate('Conf/x', 'file', 'write')).toMatchObject({ path: 'Conf/x' });
  expect(boundary.locate('.flowerpower/cache', 'folder', 'cache')).toMatchObject({
    path: '.flowerpower/cache',
  });
});

test('the root of a bucket is a project too', () => {
  const bucket = createBoundary({ uri: 's3://team' });
  expect(bucket.locate('s3://team/x')).toMatchObject({ kind: 'project', path: 'x' });
});

test('a path that leads out of a project elsewhere was left to its filesystem, which spoke of a failed uri', () => {
  expect(() => boundary.locate('../bout/')).toThrow(
    expect.objectContaining({
      code: 'FP_FS_INVALID_PATH',
      message:
        "'../bout/' cannot be used: it climbs with '..'; what lies outside of the project is named by its whole URI.",
    }) as Error,
  );
});
