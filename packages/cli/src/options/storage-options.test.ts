import { expect, test } from 'vitest';
import { readStorageOptions } from './storage-options.js';

test('options by scheme, one by one or as JSON', () => {
  expect(readStorageOptions(undefined)).toBeUndefined();
  expect(
    readStorageOptions(['s3.endpoint=http://127.0.0.1:9000', 's3.pathStyle=true', 'gs.projectId=p']),
  ).toEqual({
    s3: { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
    gs: { projectId: 'p' },
  });
  expect(readStorageOptions(['{"s3": {"region": "eu-1"}}', 's3.requesterPays=false'])).toEqual({
    s3: { region: 'eu-1', requesterPays: false },
  });
});

test.each(['endpoint=x', '{"s3": 5}', 's3', ''])('%s is no option', (text) => {
  expect(() => readStorageOptions([text])).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^FP_CLI_(?:USAGE|VALUE)$/) }) as Error,
  );
});
