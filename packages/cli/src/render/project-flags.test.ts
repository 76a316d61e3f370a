import { expect, test } from 'vitest';
import { projectFlags } from './project-flags.js';

test('names the same project again, quoted for a shell', () => {
  expect(projectFlags({})).toBe('');
  expect(
    projectFlags({
      baseDir: 's3://team/my shop',
      storageOptions: ['s3.endpoint=http://127.0.0.1:9000', '{"s3":{"region":"x"}}'],
      env: 'prod',
      allowOutside: ['../data'],
    }),
  ).toBe(
    ` --base-dir "s3://team/my shop" --storage-options s3.endpoint=http://127.0.0.1:9000 --storage-options '{"s3":{"region":"x"}}' --env prod --allow-outside ../data`,
  );
});
