/** What happens when the store, or the way to it, fails. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { setVariables } from '../../../tools/servers/set-variables.js';
import { pattern, storeFaults } from '../../../tools/servers/store-faults.js';
import { isMissing, s3Server } from './__fixtures__/s3-server.js';
import { createS3FileSystem } from './create-s3-file-system.js';

const MiB = 1024 * 1024;

describe.skipIf(isMissing('versitygw'))('a store that fails', () => {
  const server = s3Server('versitygw');
  const store = storeFaults({
    get endpoint() {
      return server.endpoint;
    },
    newBucket: () => server.newBucket(),
    open: (bucket, endpoint) => createS3FileSystem({ bucket, endpoint }),
    unfinished: (bucket) => server.unfinished(bucket),
    denied: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
    busy: { status: 503, body: '<Error><Code>SlowDown</Code></Error>' },
    versionAskedBy: ({ headers }) => headers['if-match'],
    writes: ({ method }) => method === 'PUT',
    completes: ({ method, url }) => method === 'POST' && url.includes('uploadId='),
  });

  test('a part that stalls does not hold up a write that is aborted, and leaves no part', async () => {
    const controller = new AbortController();
    let stalled = 0;
    store.proxy.fault = ({ url }) => {
      if (!url.includes('partNumber=')) return undefined;
      if (++stalled === 3) controller.abort();
      return { kind: 'stall', afterBytes: 0 };
    };
    await expect(store.fs.write('x', pattern(30 * MiB), { signal: controller.signal })).rejects.toMatchObject(
      {
        reason: 'Aborted',
      },
    );
    expect(await server.unfinished(store.bucket)).toBe(0);
  });

  test('what another process left is listed, and not removed while it may go on', async () => {
    const writer = await store.fs.openWrite('d/x');
    await writer.write(pattern(20 * MiB));
    const seen = [];
    for await (const write of store.direct.listUnfinished('', { recursive: true })) seen.push(write);
    expect(seen).toMatchObject([{ path: 'd/x', writer: 'unknown' }]);
    expect(await store.direct.deleteUnfinished('', { recursive: true })).toEqual({
      deleted: 0,
      sizeBytes: 0,
    });
    await writer.close();
    expect((await store.direct.stat('d/x')).size).toBe(20 * MiB);
  });

  test('a byte that changed on its way is noticed', async () => {
    const checking = createS3FileSystem({
      bucket: store.bucket,
      endpoint: store.proxy.endpoint,
      checksums: 'when_supported',
    });
    await checking.write('x', pattern(MiB));
    store.proxy.fault = ({ method }) =>
      method === 'GET'
        ? {
            kind: 'changed answer',
            change: (answer) => ({ ...answer, body: Buffer.from(answer.body).fill(1, 500_000, 500_001) }),
          }
        : undefined;
    const before = store.proxy.requests.length;
    await expect(checking.read('x')).rejects.toMatchObject({ code: 'FP_FS_CHECKSUM_MISMATCH' });
    expect(store.proxy.requests.length).toBe(before + 1);
    await checking.close();
  });

  test('no error repeats a key', async () => {
    const secret = 'hunter2-hunter2';
    const key = 'AKIAHUNTER2HUNTER2';
    const restore = setVariables({ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret });
    const stranger = createS3FileSystem({ bucket: store.bucket, endpoint: server.endpoint });
    try {
      const error = await stranger.read('x').catch((error: unknown) => error);
      expect(error).toMatchObject({ reason: 'PermissionDenied' });
      const shown = inspect(error, { depth: Infinity, showHidden: true });
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(key);
    } finally {
      restore();
      await stranger.close();
    }
  });
});
