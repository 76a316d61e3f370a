import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FileSystem, WriteOptions } from '../contract/file-system.js';
import { type FileSystemError, isFileSystemError } from '../errors/file-system-error.js';
import { createFileSystem } from '../facade/create-file-system.js';
import { failingPort } from './__fixtures__/failing-port.js';
import { LocalDriver } from './local-driver.js';
import { nodeFsPort } from './node-fs-port.js';

type Files = Record<string, string>;

interface Change {
  readonly run: (fs: FileSystem) => Promise<unknown>;
  readonly before: Files;
  readonly after: Files;
}

const changes: Record<string, Change> = {
  'write a new file': {
    run: (fs) => fs.write('new', 'new'),
    before: { x: 'old' },
    after: { x: 'old', new: 'new' },
  },
  'replace a file': { run: (fs) => fs.write('x', 'new'), before: { x: 'old' }, after: { x: 'new' } },
  'create only': {
    run: (fs) => fs.write('new', 'new', { ifNotExists: true }),
    before: { x: 'old' },
    after: { x: 'old', new: 'new' },
  },
  'replace one version': {
    run: async (fs) => fs.write('x', 'new', { ifMatch: (await fs.stat('x')).version }),
    before: { x: 'old' },
    after: { x: 'new' },
  },
  'write what can be made again': {
    run: (fs) => fs.write('x', 'new', { durable: false }),
    before: { x: 'old' },
    after: { x: 'new' },
  },
  'write piece by piece': {
    async run(fs) {
      const writer = await fs.openWrite('x');
      await writer.write('n');
      await writer.write('ew');
      await writer.close();
    },
    before: { x: 'old' },
    after: { x: 'new' },
  },
  'start writing, then give up': {
    async run(fs) {
      const writer = await fs.openWrite('x');
      await writer.write('new');
      await writer.abort();
    },
    before: { x: 'old' },
    after: { x: 'old' },
  },
  copy: { run: (fs) => fs.copy('x', 'y'), before: { x: 'new', y: 'old' }, after: { x: 'new', y: 'new' } },
  move: { run: (fs) => fs.move('x', 'y'), before: { x: 'new', y: 'old' }, after: { y: 'new' } },
  'move to a free name': {
    run: (fs) => fs.move('x', 'y', { ifNotExists: true }),
    before: { x: 'new' },
    after: { y: 'new' },
  },
  'read, whole and as a stream': {
    async run(fs) {
      await fs.read('x');
      for await (const _chunk of await fs.createReadStream('x'));
      await fs.readRanges('x', [{ start: 0, end: 1 }]);
    },
    before: { x: 'old' },
    after: { x: 'old' },
  },
  delete: { run: (fs) => fs.delete('x'), before: { x: 'old' }, after: {} },
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fp-fs-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('when the nth call of node:fs fails, a change happens wholly or not at all', () => {
  for (const [name, { run, before, after }] of Object.entries(changes)) {
    test(name, async () => {
      let n = 1;
      for (; ; n++) {
        await reset(before);
        const faults = failingPort(n);
        const failure = await run(createFileSystem(new LocalDriver(root, faults.port))).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(faults.openHandles, `open handles, call ${n}`).toBe(0);
        expect(await contents(), `files, call ${n}`).toEqual(failure === undefined ? after : before);
        if (failure !== undefined)
          expect(isFileSystemError(failure, 'Unknown'), `reason, call ${n}`).toBe(true);
        if (faults.calls < n) break;
      }
      expect(n).toBeGreaterThan(3);
    });
  }
});

const large = 'x'.repeat(600_000);
const readingAndWriting: Record<string, (fs: FileSystem, signal: AbortSignal) => Promise<unknown>> = {
  read: (fs, signal) => fs.read('x', { signal }),
  'read ranges': (fs, signal) => fs.readRanges('x', [{ start: 0, end: 1 }], { signal }),
  async stream(fs, signal) {
    for await (const _chunk of await fs.createReadStream('x', { signal }));
  },
  async 'stream to its first chunk'(fs, signal) {
    for await (const _chunk of await fs.createReadStream('x', { signal })) break;
  },
  // Nobody reads it, so only its signal can end it.
  async 'open a stream'(fs, signal) {
    const stream = await fs.createReadStream('x', { signal });
    if (!signal.aborted) stream.destroy();
    if (!stream.closed) await once(stream, 'close').catch(() => undefined);
  },
  checksum: (fs, signal) => fs.checksum('x', 'sha256', { signal }),
  write: (fs, signal) => fs.write('x', large, { signal }),
  'write from a stream': async (fs, signal) =>
    fs.write('y', await fs.createReadStream('x', { signal }), { signal }),
  async 'write piece by piece'(fs, signal) {
    const writer = await fs.openWrite('y', { signal });
    await writer.write(large);
    await writer.close();
  },
  copy: (fs, signal) => fs.copy('x', 'y', { signal }),
  move: (fs, signal) => fs.move('x', 'y', { signal }),
};

describe('when the signal is aborted at the nth call of node:fs, no file stays open and none half written', () => {
  for (const [name, run] of Object.entries(readingAndWriting)) {
    test(name, async () => {
      let n = 1;
      for (; ; n++) {
        await reset({ x: large });
        const controller = new AbortController();
        const faults = failingPort(n, '', () => controller.abort());
        const fs = createFileSystem(new LocalDriver(root, faults.port));
        const failure = await run(fs, controller.signal).then(
          () => undefined,
          (error: unknown) => error,
        );
        await vi.waitFor(() => expect(faults.openHandles, `open handles, call ${n}`).toBe(0));
        expect([undefined, 'Aborted'], `call ${n}`).toContain(
          (failure as FileSystemError | undefined)?.reason,
        );
        for (const content of Object.values(await contents())) expect(content === large).toBe(true);
        if (faults.calls < n) break;
      }
      expect(n).toBeGreaterThan(3);
    });
  }
});

test('a full disk in the middle of a write keeps the cause and the old content', async () => {
  await reset({ x: 'old' });
  const faults = failingPort(0);
  const fs = createFileSystem(
    new LocalDriver(root, {
      ...faults.port,
      async open(path, flags) {
        const handle = await faults.port.open(path, flags);
        const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        return Object.assign(Object.create(handle), { writeAll: () => Promise.reject(full) });
      },
    }),
  );
  await expect(fs.write('x', 'new')).rejects.toMatchObject({
    code: 'FP_FS_NO_SPACE',
    message: expect.stringContaining('no space is left on the disk'),
    hint: expect.stringContaining('Free space'),
    cause: { code: 'ENOSPC', message: expect.stringContaining('no space left on device') },
  });
  expect(await contents()).toEqual({ x: 'old' });
  expect(faults.openHandles).toBe(0);
});

test('a move to another disk becomes a copy followed by a removal', async () => {
  await reset({ x: 'new', y: 'old' });
  const faults = failingPort(0);
  const rename = async (from: string, to: string) => {
    if (from.endsWith('x')) throw Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' });
    await faults.port.rename(from, to);
  };
  const fs = createFileSystem(new LocalDriver(root, { ...faults.port, rename }));
  await fs.move('x', 'y');
  expect(await contents()).toEqual({ y: 'new' });
});

test('create-only on a disk without hard links is refused instead of being racy', async () => {
  await reset({});
  const faults = failingPort(0);
  const link = () => Promise.reject(Object.assign(new Error('EPERM: link'), { code: 'EPERM' }));
  const fs = createFileSystem(new LocalDriver(root, { ...faults.port, link }));
  await expect(fs.write('x', 'new', { ifNotExists: true })).rejects.toMatchObject({ reason: 'Unsupported' });
  expect(await contents()).toEqual({});
});

test('when removing the unfinished file fails for good, the error says so and keeps both causes', async () => {
  await reset({});
  const faults = failingPort(0);
  const refuse = (code: string) => () =>
    Promise.reject(Object.assign(new Error(`${code}: refused`), { code }));
  const fs = createFileSystem(
    new LocalDriver(root, { ...faults.port, rename: refuse('EIO'), unlink: refuse('EACCES') }),
  );
  const error = await fs.write('x', 'new').catch((caught: unknown) => caught as Error);
  expect(error).toMatchObject({ reason: 'Unknown', message: expect.stringContaining('unfinished file') });
  expect((error as Error).cause).toMatchObject({ errors: [{ cause: { code: 'EIO' } }, { code: 'EACCES' }] });
  expect(faults.openHandles).toBe(0);
});

async function reset(files: Files): Promise<void> {
  for (const name of await readdir(root)) await rm(join(root, name));
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
}

/** What is really on the disk, temporary files included. */
async function contents(): Promise<Files> {
  const names = await readdir(root);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const)),
  );
}

test('only what must survive a power cut is waited for', async () => {
  const write = async (options: WriteOptions) => {
    const synced: string[] = [];
    const driver = new LocalDriver(root, {
      ...nodeFsPort,
      async open(path, flags) {
        const handle = await nodeFsPort.open(path, flags);
        return { ...handle, sync: () => (synced.push(path), handle.sync()) };
      },
    });
    await createFileSystem(driver).write('x', 'new', options);
    return synced.length;
  };
  expect([await write({}), await write({ durable: false })]).toEqual([1, 0]);
});

describe('a folder that cannot be made ends the call, whatever the system answers', () => {
  const calls: Record<string, (fs: FileSystem) => Promise<unknown>> = {
    ensureDir: (fs) => fs.ensureDir('a/b'),
    write: (fs) => fs.write('a/b/x', 'new'),
    append: (fs) => fs.append('a/b/x', 'new'),
  };
  test.each(Object.entries(calls))('%s', async (_name, call) => {
    await reset({});
    let asked = 0;
    const mkdir = (path: string) => {
      asked++;
      return Promise.reject(Object.assign(new Error(`ENOENT: mkdir '${path}'`), { code: 'ENOENT' }));
    };
    const fs = createFileSystem(new LocalDriver(root, { ...nodeFsPort, mkdir }));
    await expect(call(fs)).rejects.toMatchObject({
      reason: 'NotFound',
      message: expect.stringContaining(`the folder ${join(root, 'a')} cannot be made`),
      cause: { code: 'ENOENT' },
    });
    expect(asked).toBeLessThan(10);
  });

  test('and one that somebody else makes meanwhile is as good', async () => {
    await reset({});
    const mkdir = async (path: string) => {
      await nodeFsPort.mkdir(path);
      await nodeFsPort.mkdir(path);
    };
    const fs = createFileSystem(new LocalDriver(root, { ...nodeFsPort, mkdir }));
    await fs.ensureDir('a/b');
    expect(await fs.stat('a/b')).toMatchObject({ type: 'directory' });
    await rm(join(root, 'a'), { recursive: true });
  });
});
