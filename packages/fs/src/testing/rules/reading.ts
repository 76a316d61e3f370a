import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FileSystem } from '../../contract/file-system.js';
import { agrees, bytes, collect, rejectsWith, text } from '../assertions.js';
import type { Rules } from '../contract.js';

export const readingRules = {
  async 'stat tells type, size, time and version of a file'(fs) {
    const written = await fs.write('data/x.bin', bytes(1, 2, 3));
    const info = await fs.stat('data/x.bin');
    assert.equal(info.path, 'data/x.bin');
    assert.equal(info.type, 'file');
    assert.equal(info.size, 3);
    assert.ok(info.mtime instanceof Date);
    assert.ok(info.version);
    agrees(written, info);
  },
  async 'a path that has children is a directory'(fs) {
    await fs.write('a/b/c.txt', 'x');
    for (const path of ['a', 'a/b', '']) {
      const info = await fs.stat(path);
      assert.equal(info.type, 'directory');
      assert.equal(info.path, path);
    }
  },
  async 'what is absent is NotFound'(fs) {
    for (const path of ['no.txt', 'no/such/file.txt']) {
      await rejectsWith('NotFound', () => fs.stat(path));
      await rejectsWith('NotFound', () => fs.read(path));
      await rejectsWith('NotFound', () => fs.readText(path));
      await rejectsWith('NotFound', () => fs.readRanges(path, [{ start: 0, end: 1 }]));
      await rejectsWith('NotFound', () => fs.checksum(path, 'sha256'));
      const error = await rejectsWith('NotFound', () => fs.createReadStream(path));
      assert.ok(error.uri.endsWith(path), error.uri);
      assert.equal(error.retryable, false);
    }
  },
  async 'a path that runs through a file is NotFound'(fs) {
    await fs.write('file', 'x');
    await rejectsWith('NotFound', () => fs.stat('file/below'));
    await rejectsWith('NotFound', () => fs.read('file/below'));
    assert.equal(await fs.exists('file/below'), false);
  },
  async 'exists knows files, directories and nothing'(fs) {
    await fs.write('a/b.txt', '');
    assert.equal(await fs.exists('a/b.txt'), true);
    assert.equal(await fs.exists('a'), true);
    assert.equal(await fs.exists(''), true);
    assert.equal(await fs.exists('a/b'), false);
    assert.equal(await fs.exists('a/b.txt.gz'), false);
  },
  async 'a directory cannot be read'(fs) {
    await fs.write('a/b.txt', '');
    await rejectsWith('IsDirectory', () => fs.read('a'));
    await rejectsWith('IsDirectory', () => fs.createReadStream('a'));
  },
  async 'the bytes read belong to the reader'(fs) {
    await fs.write('x', 'abc');
    (await fs.read('x')).fill(0);
    (await fs.readRanges('x', [{ start: 0, end: 3 }]))[0]?.fill(0);
    assert.equal(await fs.readText('x'), 'abc');
  },
  async 'a range is cut at the end of the file, end exclusive'(fs) {
    await fs.write('r', '0123456789');
    const read = async (range: Parameters<FileSystem['read']>[1]) => text(await fs.read('r', range));
    assert.equal(await read({ range: { start: 0, end: 1 } }), '0');
    assert.equal(await read({ range: { start: 2, end: 5 } }), '234');
    assert.equal(await read({ range: { start: 7 } }), '789');
    assert.equal(await read({ range: { start: 7, end: 99 } }), '789');
    assert.equal(await read({ range: { suffix: 3 } }), '789');
    assert.equal(await read({ range: { suffix: 99 } }), '0123456789');
  },
  async 'a range without bytes is RangeNotSatisfiable'(fs) {
    await fs.write('r', '0123456789');
    await fs.write('empty', '');
    for (const range of [
      { start: 10 },
      { start: 99, end: 100 },
      { start: 3, end: 3 },
      { start: 5, end: 2 },
      { start: -1 },
      { start: 0.5 },
      { suffix: 0 },
      { suffix: -2 },
    ]) {
      await rejectsWith('RangeNotSatisfiable', () => fs.read('r', { range }));
      await rejectsWith('RangeNotSatisfiable', () => fs.createReadStream('r', { range }));
    }
    await rejectsWith('RangeNotSatisfiable', () => fs.read('empty', { range: { start: 0 } }));
    await rejectsWith('RangeNotSatisfiable', () => fs.read('empty', { range: { suffix: 1 } }));
    assert.equal((await fs.read('empty')).byteLength, 0);
  },
  async 'readRanges gives each range in the given order'(fs) {
    const content = pattern(400_000);
    await fs.write('big', content);
    const ranges = [
      { start: 399_990, end: 400_100 },
      { start: 0, end: 4 },
      { start: 2, end: 10 },
      { start: 150_000, end: 150_001 },
      { start: 0, end: 4 },
    ];
    const parts = await fs.readRanges('big', ranges);
    assert.deepEqual(
      parts.map((part) => text(part)),
      ranges.map(({ start, end }) => text(content.subarray(start, end))),
    );
    assert.deepEqual(await fs.readRanges('big', []), []);
    await rejectsWith('RangeNotSatisfiable', () =>
      fs.readRanges('big', [
        { start: 399_999, end: 400_000 },
        { start: 400_000, end: 400_001 },
      ]),
    );
    await rejectsWith('RangeNotSatisfiable', () => fs.readRanges('big', [{ start: 4, end: 4 }]));
  },
  async 'ifMatch reads that version or nothing'(fs) {
    const { version } = await fs.write('v', 'one');
    assert.equal(text(await fs.read('v', { ifMatch: version })), 'one');
    await fs.write('v', 'two');
    await rejectsWith('PreconditionFailed', () => fs.read('v', { ifMatch: version }));
    await rejectsWith('PreconditionFailed', () => fs.createReadStream('v', { ifMatch: version }));
    // A program without a version must not read, or replace, just any.
    await rejectsWith('PreconditionFailed', () => fs.read('v', { ifMatch: '' }));
    await rejectsWith('PreconditionFailed', () =>
      fs.readRanges('v', [{ start: 0, end: 1 }], { ifMatch: '' }),
    );
  },
  async 'a stream delivers all bytes, or a range'(fs) {
    const content = pattern(1_500_000);
    await fs.write('big', content);
    assert.ok(Buffer.concat(await collect(await fs.createReadStream('big'))).equals(content));
    const part = await fs.createReadStream('big', { range: { start: 700_000, end: 700_003 } });
    assert.ok(Buffer.concat(await collect(part)).equals(content.subarray(700_000, 700_003)));
    await fs.write('empty', '');
    assert.deepEqual(await collect(await fs.createReadStream('empty')), []);
  },
  async 'a stream can be left early, or never read'(fs) {
    await fs.write('big', pattern(1_500_000));
    for await (const _chunk of await fs.createReadStream('big')) break;
    const unread = await fs.createReadStream('big');
    await new Promise((resolve) => unread.destroy().on('close', resolve));
    await fs.delete('big');
  },
  async 'streams that are left early free what they hold'(fs) {
    await fs.write('big', pattern(1_500_000));
    // More than a client has connections.
    for (let left = 60; left > 0; left--) {
      const stream = await fs.createReadStream('big');
      for await (const _chunk of stream) break;
    }
    assert.equal((await fs.read('big')).byteLength, 1_500_000);
  },
  async 'an aborted signal ends a stream'(fs) {
    await fs.write('big', pattern(1_500_000));
    const controller = new AbortController();
    const stream = await fs.createReadStream('big', { signal: controller.signal });
    await rejectsWith('Aborted', async () => {
      for await (const _chunk of stream) controller.abort();
    });
    assert.equal(stream.destroyed, true);
  },
  async 'readText is UTF-8 without a byte order mark, or InvalidText'(fs) {
    await fs.write('bom', bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9));
    assert.equal(await fs.readText('bom'), 'é');
    await fs.write('latin1', bytes(0x61, 0xe9));
    await rejectsWith('InvalidText', () => fs.readText('latin1'));
  },
  async 'a checksum is the digest of the content'(fs) {
    await fs.write('x', 'hello');
    for (const algorithm of ['sha256', 'md5'] as const) {
      assert.equal(await fs.checksum('x', algorithm), createHash(algorithm).update('hello').digest('hex'));
    }
  },
  async 'an aborted signal stops a call before it begins'(fs) {
    await fs.write('x', 'x');
    const signal = AbortSignal.abort();
    const late = AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    await rejectsWith('Aborted', () => fs.read('x', { signal }));
    await rejectsWith('Aborted', () => fs.stat('x', { signal }));
    await rejectsWith('Aborted', () => fs.exists('x', { signal }));
    await rejectsWith('Aborted', () => fs.createReadStream('x', { signal }));
    await rejectsWith('Aborted', () => fs.write('y', 'y', { signal }));
    await rejectsWith('Aborted', () => fs.copy('x', 'y', { signal }));
    await rejectsWith('Aborted', () => fs.move('x', 'y', { signal }));
    await rejectsWith('Aborted', () => fs.delete('x', { signal }));
    await rejectsWith('Aborted', () => fs.deleteDir('d', { signal }));
    await rejectsWith('Aborted', () => fs.ensureDir('d', { signal }));
    await rejectsWith('Aborted', () => collect(fs.list('', { signal })));
    await rejectsWith('Aborted', () => collect(fs.glob('*', { signal })));
    const timeout = await rejectsWith('Timeout', () => fs.read('x', { signal: late }));
    assert.equal(timeout.retryable, true);
    assert.equal(await fs.readText('x'), 'x');
    assert.equal(await fs.exists('y'), false);
  },
} satisfies Rules<FileSystem>;

/** Bytes that differ from place to place, so that a misplaced range shows. */
function pattern(size: number): Buffer {
  const buffer = Buffer.alloc(size);
  for (let i = 0; i < size; i++) buffer[i] = 33 + ((i * 31 + (i >> 8)) % 90);
  return buffer;
}
