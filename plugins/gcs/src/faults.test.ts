/** What happens when the store, or the way to it, fails. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createView, type FileSystem } from '@flowerpower/fs';
import { faultProxy } from '../../../tools/servers/fault-proxy.js';
import { setVariables } from '../../../tools/servers/set-variables.js';
import { pattern, storeFaults } from '../../../tools/servers/store-faults.js';
import { gcsServer, isMissing } from './__fixtures__/gcs-server.js';
import { createGcsFileSystem } from './create-gcs-file-system.js';

describe.skipIf(isMissing)('a store that fails', () => {
  const server = gcsServer();
  const faults = storeFaults({
    get endpoint() {
      return server.endpoint;
    },
    newBucket: () => server.newBucket(),
    open: (bucket, endpoint) => createGcsFileSystem({ bucket, endpoint }),
    // A session that was begun cannot be seen.
    unfinished: async () => 0,
    denied: { status: 403, body: '{"error":{"message":"no"}}' },
    busy: { status: 503, body: '' },
    versionAskedBy: ({ url }) => new URL(url, 'http://x').searchParams.get('ifGenerationMatch'),
    writes: ({ method }) => method === 'POST',
    completes: ({ method, headers }) =>
      method === 'PUT' && !/-\d+\/\*$/.test(String(headers['content-range'])),
  });

  const MiB = 1024 * 1024;
  const putOf = (request: { readonly method: string }) => request.method === 'PUT';

  test('a large write that is damaged on the way is never visible', async () => {
    await faults.direct.write('x', 'old');
    let pieces = 0;
    faults.proxy.fault = (request) =>
      putOf(request) && pieces++ === 0 ? { kind: 'damage', at: 1000 } : undefined;
    await expect(faults.fs.write('x', pattern(10 * MiB))).rejects.toMatchObject({
      reason: 'ChecksumMismatch',
    });
    expect(await faults.direct.readText('x')).toBe('old');
  });

  test('a small write that is damaged on the way is never visible', async () => {
    await faults.direct.write('x', 'old');
    let writes = 0;
    faults.proxy.fault = (request) =>
      isWrite(request) && writes++ === 0 ? { kind: 'damage', at: 50_000 } : undefined;
    await expect(faults.fs.write('x', pattern(100_000))).rejects.toMatchObject({
      reason: 'ChecksumMismatch',
      retryable: true,
    });
    expect(await faults.direct.readText('x')).toBe('old');
  });

  test('what a server that looks at no checksum made of a damaged write is deleted', async () => {
    const bare = createGcsFileSystem({ bucket: faults.bucket, endpoint: server.bareEndpoint });
    const proxy = await faultProxy(server.bareEndpoint);
    const fs = createGcsFileSystem({ bucket: faults.bucket, endpoint: proxy.endpoint });
    let pieces = 0;
    proxy.fault = (request) => (putOf(request) && pieces++ === 0 ? { kind: 'damage', at: 1000 } : undefined);
    await expect(fs.write('x', pattern(10 * MiB))).rejects.toMatchObject({ reason: 'ChecksumMismatch' });
    expect(await bare.exists('x')).toBe(false);
    await fs.close();
    await bare.close();
    await proxy.close();
  });

  test.each([1, 2, 3])('a service that keeps only a part of piece %i is sent the rest', async (piece) => {
    const content = pattern(20 * MiB);
    let pieces = 0;
    faults.proxy.fault = (request) => {
      if (putOf(request) && ++pieces === piece) server.sessions.keepOnly = 256 * 1024;
      return undefined;
    };
    await faults.fs.write('x', content);
    expect(content.equals(await faults.direct.read('x'))).toBe(true);
    expect(pieces).toBe(4);
  });

  test.each(
    [1, 2, 3].flatMap((piece) =>
      (['lost answer', 'lost request'] as const).map((kind) => [piece, kind] as const),
    ),
  )('a large write whose piece %i has a %s goes on where the service says', async (piece, kind) => {
    const content = pattern(20 * MiB);
    let puts = 0;
    faults.proxy.fault = (request) => (putOf(request) && ++puts === piece ? { kind } : undefined);
    await faults.fs.write('x', content);
    expect(content.equals(await faults.direct.read('x'))).toBe(true);
    const asked = faults.proxy.requests.filter(({ headers }) => headers['content-range'] === 'bytes */*');
    expect(asked.length).toBe(1);
  });

  test('a delete whose answer is lost has deleted the file', async () => {
    await faults.direct.write('x', 'content');
    let deletes = 0;
    faults.proxy.fault = ({ method }) =>
      method === 'DELETE' && deletes++ === 0 ? { kind: 'lost answer' } : undefined;
    await faults.fs.delete('x', { missingOk: false });
    expect(deletes).toBe(2);
    expect(await faults.direct.exists('x')).toBe(false);
  });

  test('a move deletes only the version that it has copied', async () => {
    const { version } = await faults.direct.write('a', 'copied');
    faults.proxy.fault = async ({ method }) => {
      if (method !== 'DELETE') return undefined;
      await faults.direct.write('a', 'newer');
      // As the service answers; the server that is behind here ignores the condition.
      return { kind: 'status', status: 412, body: '{"error":{"message":"conditionNotMet"}}' };
    };
    await expect(faults.fs.move('a', 'b')).rejects.toMatchObject({ reason: 'PreconditionFailed' });
    const { url } = faults.proxy.requests.find(({ method }) => method === 'DELETE')!;
    expect(new URL(url, 'http://x').searchParams.get('ifGenerationMatch')).toBe(version);
    expect(await faults.direct.readText('a')).toBe('newer');
    expect(await faults.direct.readText('b')).toBe('copied');
  });

  const isWrite = ({ method, url }: { readonly method: string; readonly url: string }) =>
    method === 'POST' && url.startsWith('/upload/');
  const isCopy = ({ url }: { readonly url: string }) => url.includes('/rewriteTo/');
  const busy = { kind: 'status', status: 503, body: '' } as const;
  const denied = { kind: 'status', status: 403, body: '{"error":{"message":"no"}}' } as const;

  test('a create-only write takes the same bytes of another writer for no work of its own', async () => {
    let writes = 0;
    faults.proxy.fault = async (request) => {
      if (!isWrite(request) || writes++ > 0) return undefined;
      await faults.direct.write('lock', 'locked', { ifNotExists: true });
      return { kind: 'lost request' };
    };
    await expect(faults.fs.write('lock', 'locked', { ifNotExists: true })).rejects.toMatchObject({
      reason: 'AlreadyExists',
    });
    expect(writes).toBe(2);
  });

  test('a replacing write whose answer is lost is no conflict with itself', async () => {
    const { version } = await faults.direct.write('x', 'old', { metadata: { key: 'value' } });
    let writes = 0;
    faults.proxy.fault = (request) =>
      isWrite(request) && writes++ === 0 ? { kind: 'lost answer' } : undefined;
    const written = await faults.fs.write('x', 'new', { ifMatch: version, metadata: { key: 'new' } });
    expect(writes).toBe(2);
    expect(await faults.direct.stat('x')).toEqual(written);
    expect(written.metadata).toEqual({ key: 'new' });
  });

  test.each([
    ['is always busy', () => busy, 'Throttled'],
    ['refuses after it was busy', (nth: number) => (nth === 1 ? busy : denied), 'PermissionDenied'],
  ])('a rewrite of the same bytes fails when the store %s', async (_what, fault, reason) => {
    await faults.direct.write('x', 'same', { metadata: { v: '1' } });
    let writes = 0;
    faults.proxy.fault = (request) => (isWrite(request) ? fault(++writes) : undefined);
    await expect(faults.fs.write('x', 'same', { metadata: { v: '2' } })).rejects.toMatchObject({ reason });
  });

  test('a conditional copy tells its own work from that of another after a lost answer', async () => {
    const refused = { kind: 'status', status: 412, body: '{"error":{"message":"conditionNotMet"}}' } as const;
    await faults.direct.write('a', 'AAA', { contentType: 'text/csv', metadata: { key: 'value' } });
    await faults.direct.write('b', 'AAA');
    for (const [first, target, reason] of [
      ['lost request', 'b', 'AlreadyExists'],
      ['lost answer', 'c', undefined],
    ] as const) {
      let copies = 0;
      // The server that is behind here ignores the conditions of a rewrite.
      faults.proxy.fault = (request) => {
        if (!isCopy(request)) return undefined;
        return copies++ === 0 ? { kind: first } : refused;
      };
      const copy = faults.fs.copy('a', target, { ifNotExists: true });
      if (reason === undefined) expect(await copy).toMatchObject({ path: target, size: 3 });
      else await expect(copy).rejects.toMatchObject({ reason });
      expect(copies).toBe(2);
    }
    const { contentType, metadata } = await faults.direct.stat('c');
    expect({ contentType, metadata }).toEqual({ contentType: 'text/csv', metadata: { key: 'value' } });
  });

  test.each(['', '0', '00', 'abc', '1\n', '-1', 'é'])('no object is of the version %j', async (ifMatch) => {
    const failed = { reason: 'PreconditionFailed' };
    const { fs } = faults;
    await fs.write('x', 'old');
    await expect(fs.read('x', { ifMatch })).rejects.toMatchObject(failed);
    await expect(fs.write('x', 'new', { ifMatch })).rejects.toMatchObject(failed);
    await expect(fs.write('absent', 'new', { ifMatch })).rejects.toMatchObject(failed);
    await expect(fs.copy('x', 'absent', { ifMatch })).rejects.toMatchObject(failed);
    expect(await fs.readText('x')).toBe('old');
    expect(await fs.exists('absent')).toBe(false);
  });

  const all = async (items: AsyncIterable<unknown>) => {
    for await (const _item of items);
  };
  const calls: Record<string, (fs: FileSystem) => Promise<unknown>> = {
    stat: (fs) => fs.stat('x'),
    read: (fs) => fs.read('x'),
    'read of a range': (fs) => fs.read('x', { range: { start: 1, end: 3 } }),
    list: (fs) => all(fs.list('')),
    write: (fs) => fs.write('y', 'new'),
    'large write': (fs) => fs.write('y', pattern(9 * MiB)),
    copy: (fs) => fs.copy('x', 'y'),
    move: (fs) => fs.move('x', 'y'),
    delete: (fs) => fs.delete('x', { missingOk: false }),
    deleteDir: (fs) => fs.deleteDir('', { allowRoot: true }),
  };
  const names = Object.keys(calls);

  test.each(names)('%s says so when what answers is no store', async (name) => {
    await faults.direct.write('x', 'content');
    for (const body of ['<html>Welcome</html>', '{"hello":"world"}', '"text"']) {
      if (name === 'delete' && body !== '<html>Welcome</html>') continue;
      faults.proxy.fault = () => ({ kind: 'status', status: 200, body });
      await expect(calls[name]!(faults.fs)).rejects.toMatchObject({
        reason: 'Unknown',
        status: 200,
        message: expect.stringContaining('what answered is not Cloud Storage (HTTP 200'),
      });
    }
    expect(await faults.direct.readText('x')).toBe('content');
    expect(await faults.direct.exists('y')).toBe(false);
  });

  test.each(names)('%s is asked again when its answer is cut off', async (name) => {
    await faults.direct.write('x', 'content');
    const cut = new Set<string>();
    faults.proxy.fault = ({ method, url, headers }) => {
      const request = `${method} ${url.replace(/upload_id=.*/, '')} ${headers['content-range'] ?? ''}`;
      if (cut.has(request)) return undefined;
      cut.add(request);
      return { kind: 'reset', afterBytes: 5 };
    };
    await calls[name]!(faults.fs);
    faults.proxy.fault = () => ({ kind: 'reset', afterBytes: 5 });
    await expect(faults.fs.stat('x')).rejects.toMatchObject({ reason: 'Unavailable', retryable: true });
  });

  test.each(names)('%s ends when it is aborted, also while nothing answers', async (name) => {
    await faults.direct.write('x', 'content');
    for (let silentFrom = 1; ; silentFrom++) {
      const controller = new AbortController();
      const view = createView(faults.fs, { signal: controller.signal });
      let requests = 0;
      faults.proxy.fault = () => {
        if (++requests < silentFrom) return undefined;
        // The client has sent its request and waits.
        setImmediate(() => controller.abort());
        return { kind: 'silence' };
      };
      const outcome = await calls[name]!(view).catch((error: unknown) => error);
      if (requests < silentFrom) break;
      expect(outcome).toMatchObject({ reason: 'Aborted' });
      faults.proxy.fault = () => undefined;
      await faults.direct.write('x', 'content');
    }
  });

  test('calls under way end when the filesystem is closed', async () => {
    let asked = 0;
    const fs = createGcsFileSystem({ bucket: faults.bucket, endpoint: faults.proxy.endpoint });
    faults.proxy.fault = () => {
      if (++asked === 2) setImmediate(() => void fs.close());
      return { kind: 'silence' };
    };
    const closed = { reason: 'Aborted', message: expect.stringContaining('the filesystem was closed') };
    await Promise.all([
      expect(fs.stat('x')).rejects.toMatchObject(closed),
      expect(fs.write('x', 'content')).rejects.toMatchObject(closed),
    ]);
    expect(asked).toBe(2);
  });

  test('more calls than connections wait for one', async () => {
    await faults.direct.write('x', 'content');
    let open = () => {};
    const gate = new Promise<undefined>((resolve) => (open = () => resolve(undefined)));
    faults.proxy.fault = () => gate;
    const { requests } = faults.proxy;
    const stats = Array.from({ length: 300 }, () => faults.fs.stat('x'));
    const all = Promise.all(stats);
    while (requests.length < 256) await turn();
    for (let turns = 0; turns < 100; turns++) await turn();
    expect(requests.length).toBe(256);
    open();
    expect((await all).length).toBe(300);
  });

  test('many calls under one signal warn of nothing', async () => {
    await faults.direct.write('x', 'content');
    const warnings: Error[] = [];
    const warned = (warning: Error) => void warnings.push(warning);
    process.on('warning', warned);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => faults.fs.read('x', { signal })));
    await turn();
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });

  test('a key of dots is deleted, and never the bucket around it', async () => {
    for (const key of ['..', '.', 'x']) {
      const url = `${server.bareEndpoint}/upload/storage/v1/b/${faults.bucket}/o?uploadType=media&name=${key}`;
      expect((await fetch(url, { method: 'POST', body: 'content' })).status).toBe(200);
    }
    await faults.fs.deleteDir('', { allowRoot: true });
    const deletes = faults.proxy.requests.filter(({ method }) => method === 'DELETE');
    const root = `/storage/v1/b/${faults.bucket}/o/`;
    expect(deletes.map(({ url }) => url.split('?')[0]!.slice(root.length)).sort()).toEqual([
      '%2E',
      '%2E%2E',
      'x',
    ]);
    const left = await fetch(`${server.bareEndpoint}/storage/v1/b/${faults.bucket}/o`);
    expect(await left.json()).toEqual({ kind: 'storage#objects' });
  });

  test('what describes a file cannot end its header', async () => {
    const { fs, proxy } = faults;
    for (const options of [
      { contentType: 'text/csv\r\nx-goog-acl: public-read' },
      { contentType: '' },
      { contentType: 'text/日本' },
      { metadata: { key: 'a\nb' } },
      { metadata: { 'a\0b': 'value' } },
    ]) {
      await expect(fs.write('x', 'content', options)).rejects.toMatchObject({ reason: 'BadOption' });
    }
    expect(proxy.requests).toEqual([]);
    const metadata = { 'Ключ é': '  日本 ' };
    await fs.write('x', 'content', { metadata });
    expect((await fs.stat('x')).metadata).toEqual(metadata);
  });

  test('an emulator is found as by every tool of Google', async () => {
    const restore = setVariables({ STORAGE_EMULATOR_HOST: new URL(server.bareEndpoint).host });
    const fs = createGcsFileSystem({ bucket: faults.bucket });
    restore();
    await fs.write('x', 'content');
    await fs.close();
    expect(await faults.direct.readText('x')).toBe('content');
  });
});
