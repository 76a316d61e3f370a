import { expect, test } from 'vitest';
import { createGcsFileSystem } from './create-gcs-file-system.js';

test.each<[unknown, string]>([
  [undefined, 'The options must be an object, not undefined.'],
  [null, 'The options must be an object, not null.'],
  [{}, 'bucket is missing.'],
  [{ bucket: 5 }, 'bucket must be a text.'],
  [{ bucket: '' }, "bucket must be the name of a bucket: 3 to 222 small letters, digits, '.', '-' and '_'."],
  [
    { bucket: 'sh op' },
    "bucket must be the name of a bucket: 3 to 222 small letters, digits, '.', '-' and '_'.",
  ],
  [
    { bucket: '../b' },
    "bucket must be the name of a bucket: 3 to 222 small letters, digits, '.', '-' and '_'.",
  ],
  [{ bucket: 'shop', projectId: 5 }, 'projectId must be a text.'],
  [
    { bucket: 'shop', endpoint: 'localhost', credentials: {} },
    'endpoint must begin with http:// or https://. ' +
      "There is no option 'credentials'; the options are: bucket, projectId, endpoint, userProject. " +
      'Credentials are no option: the file that GOOGLE_APPLICATION_CREDENTIALS names holds them, or what gcloud auth ' +
      'application-default login has stored.',
  ],
])('%j are no options', (options, faults) => {
  const create = createGcsFileSystem as (options: unknown) => unknown;
  expect(() => create(options)).toThrow(
    expect.objectContaining({ code: 'FP_FS_BAD_OPTION', message: `createGcsFileSystem: ${faults}` }) as Error,
  );
});
