/** What happens when the store, or the way to it, fails. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '@flowerpower/fs';
import { type FaultProxy, faultProxy, type ProxiedRequest } from '../../../tools/servers/fault-proxy.js';
import { setVariables } from '../../../tools/servers/set-variables.js';
import { isMissing, s3Server } from './__fixtures__/s3-server.js';
import { createS3FileSystem } from './create-s3-file-system.js';

const MiB = 1024 * 1024;
const denied = { kind: 'status', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' } as const;
const busy = { kind: 'status', status: 503, body: '<Error><Code>SlowDown</Code></Error>' } as const;

/** Bytes that differ from place to place, so that a misplaced part shows. */
function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32BE(i, i);
  return bytes;
}

describe.skipIf(isMissing('versitygw'))('a store that fails', () => {
  const server = s3Server('versitygw');
  let proxy: FaultProxy;
  let bucket: string;
  let direct: FileSystem;
  let fs: FileSystem;

  beforeEach(async () => {
    bucket = await server.newBucket();
    proxy = await faultProxy(server.endpoint);
    direct = createS3FileSystem({ bucket, endpoint: server.endpoint });
    fs = createS3FileSystem({ bucket, endpoint: proxy.endpoint });
  });
  afterEach(async () => {
    await fs.close();
    await direct.close();
    await proxy.close();
  });

  const isGet = ({ method }: { readonly method: string }) => method === 'GET';

  test('a body that breaks goes on behind its last byte, of the same version', async () => {
    const content = pattern(3 * MiB);
    const { version } = await direct.write('x', content);
    proxy.fault = (request, nth) =>
      isGet(request) && nth <= 3 ? { kind: 'reset', afterBytes: 700_000 } : undefined;
    expect(content.equals(await fs.read('x'))).toBe(true);
    const gets = proxy.requests.filter(isGet);
    expect(gets.length).toBe(4);
    for (const { headers } of gets.slice(1)) {
      expect(headers['if-match']).toBe(version);
      expect(headers.range).toMatch(/^bytes=[1-9]\d*-3145727$/);
    }
  });

  test('a range that breaks ends where it was asked to end', async () => {
    const content = pattern(3 * MiB);
    await direct.write('x', content);
    proxy.fault = (_request, nth) => (nth === 1 ? { kind: 'reset', afterBytes: 100 } : undefined);
    const range = { start: MiB, end: 2 * MiB };
    expect(content.subarray(MiB, 2 * MiB).equals(await fs.read('x', { range }))).toBe(true);
    proxy.fault = (_request, nth) => (nth === 3 ? { kind: 'reset', afterBytes: 100 } : undefined);
    expect(content.subarray(-MiB).equals(await fs.read('x', { range: { suffix: MiB } }))).toBe(true);
  });

  test('an object that changed while its body broke is never mixed', async () => {
    await direct.write('x', pattern(3 * MiB));
    proxy.fault = (_request, nth) => (nth === 1 ? { kind: 'stall', afterBytes: 100_000 } : undefined);
    const stream = await fs.createReadStream('x');
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    for (let received = 0; received < 100_000; ) received += (await chunks.next()).value.byteLength;
    await direct.write('x', Buffer.alloc(3 * MiB));
    proxy.breakConnections();
    const drain = async () => {
      while (!(await chunks.next()).done);
    };
    await expect(drain()).rejects.toMatchObject({ reason: 'PreconditionFailed' });
  });

  test('a body that breaks without a byte in between is given up', async () => {
    await direct.write('x', pattern(MiB));
    proxy.fault = (request) => (isGet(request) ? { kind: 'reset', afterBytes: 0 } : undefined);
    await expect(fs.read('x')).rejects.toMatchObject({ reason: 'Unavailable', retryable: true });
  });

  test('a busy store is asked again, and told apart when it stays busy', async () => {
    await direct.write('x', 'content');
    proxy.fault = (_request, nth) => (nth === 1 ? busy : undefined);
    expect(await fs.readText('x')).toBe('content');
    proxy.fault = () => busy;
    await expect(fs.readText('x')).rejects.toMatchObject({
      reason: 'Throttled',
      retryable: true,
      status: 503,
    });
  });

  test('a body that stalls ends with the time limit', async () => {
    await direct.write('x', pattern(MiB));
    proxy.fault = () => ({ kind: 'stall', afterBytes: 1000 });
    const signal = AbortSignal.timeout(200);
    await expect(fs.read('x', { signal })).rejects.toMatchObject({ reason: 'Timeout' });
  });

  test.each([
    ['small', 10],
    ['large', 17 * MiB],
  ])('a %s create-only write whose answer is lost is no conflict with itself', async (_size, bytes) => {
    const content = pattern(bytes);
    let lost = 0;
    proxy.fault = ({ method, url }) => {
      const decides = bytes > MiB ? method === 'POST' && url.includes('uploadId=') : method === 'PUT';
      return decides && lost++ === 0 ? { kind: 'lost answer' } : undefined;
    };
    await fs.write('x', content, { ifNotExists: true });
    expect(lost).toBeGreaterThan(1);
    expect(content.equals(await direct.read('x'))).toBe(true);
    expect(await server.unfinished(bucket)).toBe(0);
  });

  /** Each changes what is stored; the second value is what a reader may see afterwards. */
  const writers: Record<string, (fs: FileSystem) => Promise<unknown>> = {
    'a small write': (fs) => fs.write('x', 'new'),
    'a large write': (fs) => fs.write('x', pattern(20 * MiB)),
    'a conditional copy': async (fs) => fs.copy('source', 'x', { ifMatch: (await fs.stat('x')).version }),
    'a move': (fs) => fs.move('source', 'x'),
    'a removed directory': (fs) => fs.deleteDir('d'),
  };

  test.each(Object.keys(writers))('%s that fails at any request leaves nothing half-made', async (name) => {
    for (let nth = 1; ; nth++) {
      await direct.deleteDir('', { allowRoot: true });
      await direct.write('x', 'old');
      await direct.write('source', 'moved');
      for (const path of ['d/a', 'd/b', 'd/e/c']) await direct.write(path, path);
      let calls = 0;
      let refused: ProxiedRequest | undefined;
      proxy.fault = (request) => {
        if (++calls !== nth) return undefined;
        refused = request;
        return denied;
      };
      const outcome = await writers[name]!(fs).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refused === undefined) {
        expect(outcome).toBeUndefined();
        expect(nth).toBeGreaterThan(1);
        break;
      }
      expect(outcome).toMatchObject({ reason: 'PermissionDenied' });
      const { size } = await direct.stat('x');
      expect([3, 5, 20 * MiB]).toContain(size);
      expect(await server.unfinished(bucket), `request ${nth}: ${refused.method} ${refused.url}`).toBe(0);
      await writers[name]!(fs);
    }
  });

  test('a large write that is aborted leaves no part', async () => {
    const controller = new AbortController();
    const source = (async function* () {
      for (let i = 0; i < 5; i++) yield pattern(5 * MiB);
      controller.abort();
      yield pattern(5 * MiB);
    })();
    await expect(fs.write('x', source, { signal: controller.signal })).rejects.toMatchObject({
      reason: 'Aborted',
    });
    expect(await server.unfinished(bucket)).toBe(0);
    expect(await direct.exists('x')).toBe(false);
  });

  test('a part that stalls does not hold up a write that is aborted, and leaves no part', async () => {
    const controller = new AbortController();
    let stalled = 0;
    proxy.fault = ({ url }) => {
      if (!url.includes('partNumber=')) return undefined;
      if (++stalled === 3) controller.abort();
      return { kind: 'stall', afterBytes: 0 };
    };
    await expect(fs.write('x', pattern(30 * MiB), { signal: controller.signal })).rejects.toMatchObject({
      reason: 'Aborted',
    });
    expect(await server.unfinished(bucket)).toBe(0);
  });

  test('what another process left is listed, and not removed while it may go on', async () => {
    const writer = await fs.openWrite('d/x');
    await writer.write(pattern(20 * MiB));
    const seen = [];
    for await (const write of direct.listUnfinished('', { recursive: true })) seen.push(write);
    expect(seen).toMatchObject([{ path: 'd/x', writer: 'unknown' }]);
    expect(await direct.deleteUnfinished('', { recursive: true })).toEqual({ deleted: 0, sizeBytes: 0 });
    await writer.close();
    expect((await direct.stat('d/x')).size).toBe(20 * MiB);
  });

  test('no error repeats a key', async () => {
    const secret = 'hunter2-hunter2';
    const key = 'AKIAHUNTER2HUNTER2';
    const restore = setVariables({ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret });
    const stranger = createS3FileSystem({ bucket, endpoint: server.endpoint });
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

  test('a bucket that is not there is said to be missing', async () => {
    const nowhere = createS3FileSystem({ bucket: 'no-such-bucket', endpoint: server.endpoint });
    await expect(nowhere.read('x')).rejects.toMatchObject({
      reason: 'NotFound',
      message: expect.stringContaining('no such bucket'),
    });
    await expect(nowhere.stat('')).rejects.toMatchObject({ reason: 'NotFound' });
    await nowhere.close();
  });

  test('a store that is not there is unavailable', async () => {
    const nobody = createS3FileSystem({ bucket, endpoint: 'http://127.0.0.1:1' });
    await expect(nobody.stat('x')).rejects.toMatchObject({ reason: 'Unavailable', retryable: true });
    await nobody.close();
  });

  test('a signed URL reads, and writes, without credentials', async () => {
    await direct.write('x', 'signed');
    const read = await direct.signedUrl('x', { method: 'GET', expiresInS: 60 });
    expect(await (await fetch(read)).text()).toBe('signed');
    const write = await direct.signedUrl('y', { method: 'PUT', expiresInS: 60, contentType: 'text/plain' });
    const answer = await fetch(write, {
      method: 'PUT',
      body: 'put',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(200);
    expect(await direct.readText('y')).toBe('put');
    await expect(direct.signedUrl('x', { method: 'GET', expiresInS: 0 })).rejects.toMatchObject({
      reason: 'BadOption',
    });
  });
});
