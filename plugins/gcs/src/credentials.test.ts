/** What is wrong with credentials, before anybody is asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setVariables } from '../../../tools/servers/set-variables.js';
import { createGcsFileSystem } from './create-gcs-file-system.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flowerpower-gcs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['is no JSON', 'not json hunter2', 'cannot be used'],
  ['holds something else', '{"password":"hunter2"}', 'cannot be used'],
  [
    'holds a damaged key',
    '{"type":"service_account","client_email":"a@b.c","private_key":"hunter2"}',
    'cannot',
  ],
  ['is not there', undefined, 'is not there'],
])('a file of credentials that %s is not quoted', async (_what, text, message) => {
  const file = join(folder, 'account.json');
  if (text !== undefined) writeFileSync(file, text);
  const restore = setVariables({ GOOGLE_APPLICATION_CREDENTIALS: file });
  const fs = createGcsFileSystem({ bucket: 'shop-data' });
  for (const call of [
    fs.stat('x'),
    fs.write('x', ''),
    fs.signedUrl('x', { method: 'GET', expiresInS: 60 }),
  ]) {
    const error: unknown = await call.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ reason: 'PermissionDenied', message: expect.stringContaining(message) });
    expect(inspect(error, { depth: null })).not.toContain('hunter2');
  }
  await fs.close();
  restore();
});
