import { describe, expect, test } from 'vitest';
import { createS3FileSystem } from './create-s3-file-system.js';

describe('options that cannot be used are refused before anything', () => {
  test.each([
    [undefined, 'The options must be an object'],
    [{}, 'bucket must be given.'],
    [{ bucket: 5 }, 'bucket must be a text.'],
    [{ bucket: '' }, 'bucket must be the name of a bucket.'],
    [{ bucket: 'sh op' }, 'bucket must be the name of a bucket.'],
    [{ bucket: 'shop', requesterPays: 'no' }, 'requesterPays must be boolean.'],
    [{ bucket: 'shop', endpoint: 'http://a:b@c' }, 'endpoint must hold no credentials'],
    [{ bucket: 'shop', endpoint: '127.0.0.1:9000' }, 'endpoint must begin with http:// or https://.'],
    [{ bucket: 'shop', accessKeyId: 'hunter2' }, 'they are found in AWS_ACCESS_KEY_ID'],
    [{ bucket: 'shop', credentials: { secretAccessKey: 'hunter2' } }, "There is no option 'credentials'"],
  ])('%j', (options, message) => {
    const error: unknown = (() => {
      try {
        return createS3FileSystem(options as never);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'FP_FS_BAD_OPTION', message: expect.stringContaining(message) });
    expect(String(error)).not.toContain('hunter2');
  });

  test('each of several is named', () => {
    expect(() => createS3FileSystem({ bucket: '', region: '' })).toThrow(/bucket must .*region must /);
  });
});
