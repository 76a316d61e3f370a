import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import type { FileSystem } from '../../contract/file-system.js';
import { isFileSystemError } from '../../errors/file-system-error.js';
import { agrees, bytes, keysOf, rejectsWith, snapshot } from '../assertions.js';
import type { Rules } from '../contract.js';

export const writingRules = {
  async 'writes bytes, text, streams and iterables'(fs) {
    await fs.write('bytes', bytes(0, 255, 10));
    assert.deepEqual([...(await fs.read('bytes'))], [0, 255, 10]);
    await fs.write('text', 'zäh 😀');
    assert.equal(await fs.readText('text'), 'zäh 😀');
    await fs.write('stream', Readable.from([Buffer.from('a'), Buffer.from('b')]));
    assert.equal(await fs.readText('stream'), 'ab');
    await fs.write(
      'iterable',
      (async function* () {
        yield 'a';
        yield new Uint8Array();
        yield Buffer.from('b');
      })(),
    );
    assert.equal(await fs.readText('iterable'), 'ab');
    await fs.write('list', ['a', new Uint8Array(), Buffer.from('b')]);
    assert.equal(await fs.readText('list'), 'ab');
    await fs.write('nothing', (async function* () {})());
    assert.equal((await fs.stat('nothing')).size, 0);
  },
  async 'a write replaces the file, shorter or longer, and changes the version'(fs) {
    const first = await fs.write('x', 'long content');
    const second = await fs.write('x', 'short');
    assert.equal(await fs.readText('x'), 'short');
    assert.notEqual(first.version, second.version);
    const third = await fs.write('x', 'tiny!');
    assert.notEqual(second.version, third.version);
    agrees(third, await fs.stat('x'));
  },
  async 'a failing source leaves the old content and nothing besides'(fs) {
    await fs.write('x', 'old');
    const broken = async function* () {
      yield 'new ';
      throw new RangeError('broken source');
    };
    await assert.rejects(fs.write('x', broken()), { name: 'RangeError', message: 'broken source' });
    await assert.rejects(fs.write('y', Readable.from(broken())), { name: 'RangeError' });
    assert.deepEqual(await snapshot(fs), { x: 'old' });
  },
  async 'a value that is not bytes and no text is refused, and so is half a character'(fs) {
    const numbers = Readable.from([1, 2]);
    await rejectsWith('Unsupported', () => fs.write('x', numbers));
    await rejectsWith('Unsupported', () => fs.write('x', new Uint16Array(2) as never));
    await rejectsWith('Unsupported', () => fs.write('x', new Map([['a', 'b']]) as never));
    assert.equal(numbers.destroyed, true);
    await rejectsWith('InvalidText', () => fs.write('x', 'a\ud800'));
    await fs.write('ok', 'a\ufffd');
    assert.deepEqual(await snapshot(fs), { ok: 'a\ufffd' });
  },
  async 'a write that goes on is nobody else’s to remove'(fs) {
    const writer = await fs.openWrite('d/x');
    await writer.write('half');
    for await (const { path, writer: state } of fs.listUnfinished('', { recursive: true })) {
      assert.ok(path.startsWith('d/'), path);
      assert.equal(state, 'alive');
    }
    assert.deepEqual(await fs.deleteUnfinished('', { recursive: true }), { deleted: 0, sizeBytes: 0 });
    await writer.write(' whole');
    await writer.close();
    assert.equal(await fs.readText('d/x'), 'half whole');
    for await (const { path } of fs.listUnfinished('', { recursive: true })) assert.fail(path);
    for await (const { path } of fs.listUnfinished('absent')) assert.fail(path);
    assert.deepEqual(await fs.deleteUnfinished('absent'), { deleted: 0, sizeBytes: 0 });
  },
  async 'nothing is visible before a writer closes'(fs) {
    const writer = await fs.openWrite('d/x');
    await writer.write('hello ');
    await writer.write(Buffer.from('world'));
    assert.equal(await fs.exists('d/x'), false);
    assert.deepEqual(await snapshot(fs), {});
    const info = await writer.close();
    assert.equal(info.path, 'd/x');
    assert.equal(info.size, 11);
    assert.deepEqual(await snapshot(fs), { 'd/x': 'hello world' });
    await writer.abort();
    assert.deepEqual(await snapshot(fs), { 'd/x': 'hello world' });
    await rejectsWith('Unsupported', () => writer.write('more'));
    await rejectsWith('Unsupported', () => writer.close());
  },
  async 'an aborted writer leaves the old content'(fs) {
    await fs.write('x', 'old');
    const writer = await fs.openWrite('x');
    await writer.write('new');
    await writer.abort();
    await writer.abort();
    await rejectsWith('Unsupported', () => writer.close());
    assert.deepEqual(await snapshot(fs), { x: 'old' });
  },
  async 'overlapping writes keep their order, and a buffer may be used again'(fs) {
    const writer = await fs.openWrite('x');
    await Promise.all(Array.from({ length: 50 }, (_, index) => writer.write(`${index},`)));
    const buffer = Buffer.from('a');
    await writer.write(buffer);
    buffer[0] = 0x62;
    await writer.write(buffer);
    await writer.close();
    assert.equal(
      await fs.readText('x'),
      `${Array.from({ length: 50 }, (_, index) => `${index},`).join('')}ab`,
    );
  },
  async 'an aborted signal drops a writer'(fs) {
    await fs.write('x', 'old');
    const controller = new AbortController();
    const writer = await fs.openWrite('x', { signal: controller.signal });
    await writer.write('new');
    controller.abort();
    await rejectsWith('Aborted', () => writer.close());
    await writer.abort();
    assert.deepEqual(await snapshot(fs), { x: 'old' });
  },
  async 'an aborted signal ends a write whose source stalls'(fs) {
    await fs.write('x', 'old');
    const controller = new AbortController();
    const stalled = new PassThrough();
    stalled.write('new');
    const writing = fs.write('x', stalled, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await rejectsWith('Aborted', () => writing);
    assert.equal(stalled.destroyed, true);
    assert.deepEqual(await snapshot(fs), { x: 'old' });
  },
  async 'ifNotExists creates and never replaces'(fs) {
    await fs.write('x', 'first', { ifNotExists: true });
    const unread = Readable.from(['second']);
    await rejectsWith('AlreadyExists', () => fs.write('x', unread, { ifNotExists: true }));
    assert.equal(unread.destroyed, true);
    const writer = await fs.openWrite('y', { ifNotExists: true });
    await writer.write('late');
    await fs.write('y', 'early');
    await rejectsWith('AlreadyExists', () => writer.close());
    assert.deepEqual(await snapshot(fs), { x: 'first', y: 'early' });
  },
  async 'one of many create-only writers wins'(fs) {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => fs.write('lock', String(index), { ifNotExists: true })),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
    assert.equal(winners.length, 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(isFileSystemError(outcome.reason, 'AlreadyExists'));
    }
    assert.deepEqual(await snapshot(fs), { lock: winners[0] });
  },
  async 'ifMatch replaces that version or nothing'(fs) {
    const first = await fs.write('x', 'one');
    const second = await fs.write('x', 'two', { ifMatch: first.version });
    await rejectsWith('PreconditionFailed', () => fs.write('x', 'bad', { ifMatch: first.version }));
    const writer = await fs.openWrite('x', { ifMatch: second.version });
    await writer.write('late');
    await fs.write('x', 'three');
    await rejectsWith('PreconditionFailed', () => writer.close());
    await rejectsWith('PreconditionFailed', () => fs.write('absent', 'bad', { ifMatch: first.version }));
    for (const path of ['x', 'absent']) {
      await rejectsWith('PreconditionFailed', () => fs.write(path, 'bad', { ifMatch: '' }));
      await rejectsWith('PreconditionFailed', () => fs.copy('x', path, { ifMatch: '' }));
    }
    assert.deepEqual(await snapshot(fs), { x: 'three' });
  },
  async 'conditions hold for large files, which go up in parts'(fs) {
    const large = Buffer.alloc(9_000_000, 'old');
    const first = await fs.write('x', large, { ifNotExists: true, durable: false });
    const other = Buffer.alloc(9_000_001, 'new');
    await rejectsWith('AlreadyExists', () => fs.write('x', other, { ifNotExists: true }));
    const second = await fs.write('x', other, { ifMatch: first.version, durable: false });
    await rejectsWith('PreconditionFailed', () => fs.write('x', large, { ifMatch: first.version }));
    assert.equal((await fs.stat('x')).version, second.version);
    assert.ok(other.equals(await fs.read('x')));
    const tail = await fs.read('x', { range: { suffix: 1_000_000 } });
    assert.ok(other.subarray(8_000_001).equals(tail));
    assert.deepEqual(await keysOf(fs.list('', { recursive: true })), ['x']);
  },
  async 'ifMatch loses no update'(fs) {
    await fs.write('count', '0');
    const increment = async (): Promise<void> => {
      const { version } = await fs.stat('count');
      try {
        const value = Number(await fs.readText('count', { ifMatch: version }));
        await fs.write('count', String(value + 1), { ifMatch: version });
      } catch (error) {
        if (!isFileSystemError(error, 'PreconditionFailed')) throw error;
        await increment();
      }
    };
    await Promise.all(Array.from({ length: 8 }, increment));
    assert.equal(await fs.readText('count'), '8');
  },
  async 'the two conditions exclude each other'(fs) {
    const { version } = await fs.write('x', 'one');
    await rejectsWith('Unsupported', () => fs.write('x', 'two', { ifMatch: version, ifNotExists: true }));
    assert.deepEqual(await snapshot(fs), { x: 'one' });
  },
  async 'a directory cannot be written to as a file'(fs) {
    await rejectsWith('IsDirectory', () => fs.write('', 'x'));
    await rejectsWith('IsDirectory', () => fs.openWrite('.'));
    if (!fs.capabilities.realDirectories) return;
    await fs.write('d/x', 'x');
    await rejectsWith('IsDirectory', () => fs.write('d', 'x'));
    await rejectsWith('NotDirectory', () => fs.write('d/x/y', 'x'));
    assert.deepEqual(await snapshot(fs), { 'd/x': 'x' });
  },
  async 'without real directories, x and x/y may both be files'(fs) {
    if (fs.capabilities.realDirectories) return;
    await fs.write('x', 'file');
    await fs.write('x/y', 'child');
    assert.equal((await fs.stat('x')).type, 'file');
    assert.deepEqual(await snapshot(fs), { x: 'file', 'x/y': 'child' });
  },
  async 'content type and metadata are kept, or refused'(fs) {
    const options = { contentType: 'text/csv', metadata: { owner: 'growth' } };
    if (!fs.capabilities.metadata) {
      await rejectsWith('Unsupported', () => fs.write('x', 'x', options));
      assert.deepEqual(await snapshot(fs), {});
      return;
    }
    await fs.write('x', 'x', options);
    await fs.copy('x', 'y');
    for (const path of ['x', 'y']) {
      const { contentType, metadata } = await fs.stat(path);
      assert.deepEqual({ contentType, metadata }, options);
    }
  },
  async 'append adds to the end, or is refused'(fs) {
    if (!fs.capabilities.append) {
      await rejectsWith('Unsupported', () => fs.append('log', 'x'));
      return;
    }
    await fs.append('d/log', 'one\n');
    await fs.append('d/log', bytes(0x74, 0x77, 0x6f, 10));
    assert.equal(await fs.readText('d/log'), 'one\ntwo\n');
    await Promise.all(Array.from({ length: 20 }, (_, index) => fs.append('many', `${index}\n`)));
    const lines = (await fs.readText('many')).split('\n');
    assert.equal(lines.length, 21);
    if (fs.capabilities.realDirectories) await rejectsWith('IsDirectory', () => fs.append('d', 'x'));
  },
} satisfies Rules<FileSystem>;
