import assert from 'node:assert/strict';
import type { FileSystem } from '../../contract/file-system.js';
import { collect, keysOf, rejectsWith, snapshot } from '../assertions.js';
import type { Rules } from '../contract.js';

const refused = [
  '/etc/passwd',
  '..',
  'a/..',
  '../a',
  'a/../b',
  'a//b',
  'a\0b',
  'a\nb',
  'a\rb',
  'a\ud800',
  'x'.repeat(1025),
];

export const pathRules = {
  async 'every call refuses a path that is malformed or climbs'(fs) {
    await fs.write('ok', 'ok');
    for (const path of refused) {
      await rejectsWith('InvalidPath', () => fs.stat(path));
      await rejectsWith('InvalidPath', () => fs.exists(path));
      await rejectsWith('InvalidPath', () => fs.read(path));
      await rejectsWith('InvalidPath', () => fs.readText(path));
      await rejectsWith('InvalidPath', () => fs.readRanges(path, []));
      await rejectsWith('InvalidPath', () => fs.createReadStream(path));
      await rejectsWith('InvalidPath', () => fs.write(path, 'x'));
      await rejectsWith('InvalidPath', () => fs.openWrite(path));
      await rejectsWith('InvalidPath', () => fs.append(path, 'x'));
      await rejectsWith('InvalidPath', () => collect(fs.list(path)));
      await rejectsWith('InvalidPath', () => collect(fs.glob(path)));
      await rejectsWith('InvalidPath', () => fs.copy(path, 'y'));
      await rejectsWith('InvalidPath', () => fs.copy('ok', path));
      await rejectsWith('InvalidPath', () => fs.move(path, 'y'));
      await rejectsWith('InvalidPath', () => fs.move('ok', path));
      await rejectsWith('InvalidPath', () => fs.delete(path));
      await rejectsWith('InvalidPath', () => fs.deleteDir(path));
      await rejectsWith('InvalidPath', () => fs.ensureDir(path));
      await rejectsWith('InvalidPath', () => fs.checksum(path, 'md5'));
      assert.throws(() => fs.sub(path), { reason: 'InvalidPath' });
      assert.throws(() => fs.uri(path), { reason: 'InvalidPath' });
    }
    assert.deepEqual(await snapshot(fs), { ok: 'ok' });
  },
  async 'spellings of one path reach one file'(fs) {
    await fs.write('./a/./b.txt', 'x');
    for (const path of ['a/b.txt', './a/b.txt', 'a/./b.txt', 'a/b.txt/'])
      assert.equal(await fs.readText(path), 'x');
    assert.deepEqual(await keysOf(fs.list('./', { recursive: true })), ['a/b.txt']);
  },
  async 'a rooted view sees its directory and nothing else'(fs) {
    await fs.write('outside', 'out');
    const view = fs.sub('d/e');
    assert.deepEqual(await collect(view.list('')), []);
    const info = await view.write('x/y.txt', 'in');
    assert.equal(info.path, 'x/y.txt');
    await view.write('z', 'z');
    assert.deepEqual(await snapshot(fs), { outside: 'out', 'd/e/x/y.txt': 'in', 'd/e/z': 'z' });
    assert.deepEqual(await keysOf(view.list('', { recursive: true, includeDirs: true })), [
      'x/',
      'x/y.txt',
      'z',
    ]);
    assert.deepEqual(await keysOf(view.list('', { startAfter: 'x/' })), ['z']);
    assert.deepEqual(await keysOf(view.glob('**/*.txt')), ['x/y.txt']);
    assert.equal(view.uri('z'), fs.uri('d/e/z'));
    assert.equal((await view.stat('')).path, '');
    assert.equal((await view.copy('z', 'zz')).path, 'zz');
    assert.equal((await view.move('zz', 'zzz')).path, 'zzz');
    assert.equal(await view.sub('x').readText('y.txt'), 'in');
    assert.equal(await view.sub('').readText('z'), 'z');
    assert.deepEqual(view.capabilities, fs.capabilities);
    await rejectsWith('InvalidPath', () => view.read('../../outside'));
    await rejectsWith('InvalidPath', () => view.write('y'.repeat(1023), 'too long together'));
    await rejectsWith('InvalidPath', () => view.deleteDir(''));
    await view.close();
    assert.deepEqual(await view.deleteDir('', { allowRoot: true }), { deleted: 3 });
    assert.deepEqual(await snapshot(fs), { outside: 'out' });
  },
  async 'errors name the call, the place and the backend'(fs) {
    const error = await rejectsWith('NotFound', () => fs.read('no/such.csv'));
    assert.equal(error.op, 'read');
    assert.equal(error.uri, fs.uri('no/such.csv'));
    assert.match(error.message, /no\/such\.csv/);
    assert.ok(error.uri.startsWith(`${fs.scheme}:`));
    assert.notEqual(error.backend, '');
    assert.equal(error.code, 'FP_FS_NOT_FOUND');
  },
  async 'signed URLs are refused without the ability'(fs) {
    if (fs.capabilities.signedUrl) {
      assert.match(await fs.signedUrl('x', { method: 'GET', expiresInS: 60 }), /^https?:/);
      return;
    }
    await rejectsWith('Unsupported', () => fs.signedUrl('x', { method: 'GET', expiresInS: 60 }));
  },
} satisfies Rules<FileSystem>;
