/** What is wrong with the way to a store, or with credentials, before anybody is asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setVariables } from '../../../tools/servers/set-variables.js';
import { createS3FileSystem } from './create-s3-file-system.js';
import { s3Failure } from './errors/s3-failure.js';

let folder: string;
let restore: () => void;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flowerpower-s3-'));
  writeFileSync(
    join(folder, 'credentials'),
    '[other]\naws_access_key_id = a\naws_secret_access_key = hunter2\n',
  );
  restore = setVariables({
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
  });
});
afterEach(() => {
  restore();
  rmSync(folder, { recursive: true });
});

async function failureOf(options: object): Promise<Error> {
  const fs = createS3FileSystem({ bucket: 'shop', endpoint: 'http://127.0.0.1:9', ...options });
  const error: unknown = await fs.read('a.csv').catch((caught: unknown) => caught);
  await fs.close();
  return error as Error;
}

test('a profile that is not there is named, also when keys are set', async () => {
  const back = setVariables({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'hunter2' });
  const error = await failureOf({ profile: 'nope' });
  back();
  expect(error).toMatchObject({
    reason: 'PermissionDenied',
    message: expect.stringContaining("the profile 'nope' has no credentials"),
    hint: expect.stringContaining('aws configure list-profiles'),
  });
  expect(inspect(error.cause)).not.toMatch(/\n\s+at /);
  expect(inspect(error, { depth: null })).not.toContain('hunter2');
});

test('without any credentials it is said how to give them', async () => {
  expect(await failureOf({})).toMatchObject({
    message: expect.stringContaining('no credentials were found'),
    hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
  });
});

test('a store that cannot be reached asks for its address, or to check the one that was given', () => {
  const error = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  expect(s3Failure(error, { isAws: true, profile: undefined })).toMatchObject({
    hint: expect.stringContaining('endpoint'),
  });
  expect(s3Failure(error, { isAws: false, profile: undefined })).toMatchObject({
    hint: 'Check the endpoint, and whether the server at it runs.',
  });
});
