/** What a filesystem of a store of objects does when the store, or the way to it, fails. The same tests for every store. */
import type { FileSystem } from '../../packages/fs/src/index.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, faultProxy, type ProxiedRequest } from './fault-proxy.js';

/** What differs from store to store. */
export interface StoreUnderTest {
  readonly endpoint: string;
  newBucket(): Promise<string>;
  open(bucket: string, endpoint: string): FileSystem;
  /** How many uploads were begun and not ended, as far as the store tells. */
  unfinished(bucket: string): Promise<number>;
  /** Its answers that refuse access, and that ask to wait. */
  readonly denied: { readonly status: number; readonly body: string };
  readonly busy: { readonly status: number; readonly body: string };
  /** The version that a read insists on. */
  versionAskedBy(request: ProxiedRequest): string | null | undefined;
  /** Whether a request writes a small object. */
  writes(request: ProxiedRequest): boolean;
  /** Whether a request makes a large object visible. */
  completes(request: ProxiedRequest): boolean;
}

export interface StoreFaults {
  readonly proxy: FaultProxy;
  readonly bucket: string;
  /** Behind the proxy, and past it. */
  readonly fs: FileSystem;
  readonly direct: FileSystem;
}

const MiB = 1024 * 1024;

/** Bytes that differ from place to place, so that a misplaced part shows. */
export function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32BE(i, i);
  return bytes;
}

/** Registers the tests; what it gives is set up anew for each test of the suite that calls it. */
export function storeFaults(store: StoreUnderTest): StoreFaults {
  const busy = () => ({ kind: 'status', ...store.busy }) as const;
  let proxy: FaultProxy;
  let bucket: string;
  let direct: FileSystem;
  let fs: FileSystem;

  beforeEach(async () => {
    bucket = await store.newBucket();
    proxy = await faultProxy(store.endpoint);
    direct = store.open(bucket, store.endpoint);
    fs = store.open(bucket, proxy.endpoint);
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
    for (const request of gets.slice(1)) {
      expect(store.versionAskedBy(request)).toBe(version);
      expect(request.headers.range).toMatch(/^bytes=[1-9]\d*-3145727$/);
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

  test('a store that ignores ranges gives what was asked for all the same', async () => {
    const content = pattern(MiB);
    await direct.write('x', content);
    proxy.fault = ({ headers }) =>
      headers.range === undefined
        ? undefined
        : {
            kind: 'changed answer',
            change: ({ headers: { 'content-range': _range, ...others } }) => ({
              status: 200,
              headers: others,
              body: content,
            }),
          };
    expect(content.subarray(100, 110).equals(await fs.read('x', { range: { start: 100, end: 110 } }))).toBe(
      true,
    );
    expect(content.subarray(-10).equals(await fs.read('x', { range: { suffix: 10 } }))).toBe(true);
    const ranges = [
      { start: 5, end: 9 },
      { start: 500_000, end: 500_100 },
    ];
    const read = await fs.readRanges('x', ranges);
    expect(read.map((bytes, i) => content.subarray(ranges[i]!.start, ranges[i]!.end).equals(bytes))).toEqual([
      true,
      true,
    ]);
  });

  test('a body that breaks is not read twice by a store that ignores ranges', async () => {
    const content = pattern(MiB);
    await direct.write('x', content);
    proxy.fault = ({ headers }) =>
      headers.range === undefined
        ? { kind: 'reset', afterBytes: 300_000 }
        : {
            kind: 'changed answer',
            change: ({ headers: { 'content-range': _range, ...others } }) => ({
              status: 200,
              headers: others,
              body: content,
            }),
          };
    expect(content.equals(await fs.read('x'))).toBe(true);
  });

  test('bytes from elsewhere are refused', async () => {
    await direct.write('x', pattern(MiB));
    proxy.fault = () => ({
      kind: 'changed answer',
      change: (answer) => ({
        ...answer,
        headers: { ...answer.headers, 'content-range': 'bytes 200-209/1048576' },
      }),
    });
    await expect(fs.read('x', { range: { start: 100, end: 110 } })).rejects.toMatchObject({
      reason: 'Unknown',
      message: expect.stringContaining(
        "asked for bytes 100-109, what answered sent 10 bytes as 'bytes 200-209",
      ),
    });
  });

  test('a busy store is asked again, and told apart when it stays busy', async () => {
    await direct.write('x', 'content');
    proxy.fault = (_request, nth) => (nth === 1 ? busy() : undefined);
    expect(await fs.readText('x')).toBe('content');
    proxy.fault = busy;
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
    proxy.fault = (request) => {
      const decides = bytes > MiB ? store.completes(request) : store.writes(request);
      return decides && lost++ === 0 ? { kind: 'lost answer' } : undefined;
    };
    await fs.write('x', content, { ifNotExists: true });
    expect(lost).toBeGreaterThan(1);
    expect(content.equals(await direct.read('x'))).toBe(true);
    expect(await store.unfinished(bucket)).toBe(0);
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
        return { kind: 'status', ...store.denied };
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
      expect(await store.unfinished(bucket), `request ${nth}: ${refused.method} ${refused.url}`).toBe(0);
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
    expect(await store.unfinished(bucket)).toBe(0);
    expect(await direct.exists('x')).toBe(false);
  });

  test('a bucket that is not there is said to be missing', async () => {
    const nowhere = store.open('no-such-bucket', store.endpoint);
    await expect(nowhere.read('x')).rejects.toMatchObject({
      reason: 'NotFound',
      message: expect.stringContaining('no such bucket'),
    });
    await expect(nowhere.stat('')).rejects.toMatchObject({ reason: 'NotFound' });
    await nowhere.close();
  });

  test('a store that is not there is unavailable', async () => {
    const nobody = store.open(bucket, 'http://127.0.0.1:1');
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

  return {
    get proxy() {
      return proxy;
    },
    get bucket() {
      return bucket;
    },
    get fs() {
      return fs;
    },
    get direct() {
      return direct;
    },
  };
}
