import assert from 'node:assert/strict';
import type { FileSystem } from '../../contract/file-system.js';
import { agrees, fill, rejectsWith, snapshot } from '../assertions.js';
import type { Rules } from '../contract.js';

export const movingRules = {
  async 'copy leaves the source'(fs) {
    await fs.write('x', 'one');
    const info = await fs.copy('x', 'deep/y');
    assert.equal(info.path, 'deep/y');
    agrees(info, await fs.stat('deep/y'));
    await fs.write('x', 'two');
    await fs.copy('x', 'deep/y');
    assert.deepEqual(await snapshot(fs), { x: 'two', 'deep/y': 'two' });
  },
  async 'move takes the source away'(fs) {
    await fs.write('x', 'one');
    await fs.write('y', 'other');
    assert.equal((await fs.move('x', 'deep/z')).path, 'deep/z');
    assert.deepEqual(await snapshot(fs), { y: 'other', 'deep/z': 'one' });
    await fs.move('deep/z', 'y');
    assert.deepEqual(await snapshot(fs), { y: 'one' });
  },
  async 'copy and move obey conditions'(fs) {
    const old = await fs.write('y', 'first');
    await fs.write('y', 'y');
    await fs.write('x', 'x');
    for (const op of ['copy', 'move'] as const) {
      await rejectsWith('AlreadyExists', () => fs[op]('x', 'y', { ifNotExists: true }));
      await rejectsWith('PreconditionFailed', () => fs[op]('x', 'y', { ifMatch: old.version }));
      await rejectsWith('PreconditionFailed', () => fs[op]('x', 'absent', { ifMatch: old.version }));
    }
    assert.deepEqual(await snapshot(fs), { x: 'x', y: 'y' });
    await fs.copy('x', 'new', { ifNotExists: true });
    await fs.move('x', 'newer', { ifNotExists: true });
    await fs.move('newer', 'y', { ifMatch: (await fs.stat('y')).version });
    assert.deepEqual(await snapshot(fs), { new: 'x', y: 'x' });
  },
  async 'a file copied or moved onto itself stays'(fs) {
    await fs.write('x', 'one');
    await fs.copy('x', './x');
    await fs.move('x', 'x');
    await rejectsWith('AlreadyExists', () => fs.move('x', 'x', { ifNotExists: true }));
    await rejectsWith('PreconditionFailed', () => fs.copy('x', 'x', { ifMatch: 'other' }));
    await rejectsWith('NotFound', () => fs.move('absent', 'absent'));
    assert.deepEqual(await snapshot(fs), { x: 'one' });
  },
  async 'only existing files are copied and moved'(fs) {
    await fill(fs, ['d/x', 'y']);
    for (const op of ['copy', 'move'] as const) {
      const error = await rejectsWith('NotFound', () => fs[op]('absent', 'y'));
      assert.ok(error.uri.endsWith('absent'), error.uri);
      await rejectsWith('IsDirectory', () => fs[op]('d', 'e'));
      await rejectsWith('IsDirectory', () => fs[op]('d', 'd'));
      await rejectsWith('IsDirectory', () => fs[op]('y', ''));
    }
    assert.deepEqual(await snapshot(fs), { 'd/x': 'd/x', y: 'y' });
  },
  async 'delete removes a file and accepts its absence'(fs) {
    await fill(fs, ['d/x', 'd/y']);
    await fs.delete('d/x');
    await fs.delete('d/x');
    await fs.delete('no/such/file');
    await rejectsWith('NotFound', () => fs.delete('d/x', { missingOk: false }));
    assert.deepEqual(await snapshot(fs), { 'd/y': 'd/y' });
  },
  async 'delete refuses a directory'(fs) {
    await fill(fs, ['d/x']);
    await rejectsWith('IsDirectory', () => fs.delete('d'));
    await rejectsWith('IsDirectory', () => fs.delete(''));
    assert.deepEqual(await snapshot(fs), { 'd/x': 'd/x' });
  },
  async 'deleteDir removes what is below, and only that'(fs) {
    await fill(fs, ['d/x', 'd/e/y', 'd/e/f/z', 'dd/x', 'd.txt']);
    assert.deepEqual(await fs.deleteDir('d'), { deleted: 3 });
    assert.equal(await fs.exists('d'), false);
    assert.deepEqual(await fs.deleteDir('d'), { deleted: 0 });
    assert.deepEqual(await fs.deleteDir('no/such'), { deleted: 0 });
    await rejectsWith('NotDirectory', () => fs.deleteDir('d.txt'));
    assert.deepEqual(await snapshot(fs), { 'dd/x': 'dd/x', 'd.txt': 'd.txt' });
  },
  async 'deleteDir empties the root only when told so'(fs) {
    await fill(fs, ['x', 'd/y']);
    await rejectsWith('InvalidPath', () => fs.deleteDir(''));
    await rejectsWith('InvalidPath', () => fs.deleteDir('./'));
    assert.deepEqual(await fs.deleteDir('', { allowRoot: true }), { deleted: 2 });
    assert.deepEqual(await snapshot(fs), {});
    await fs.write('x', 'again');
  },
  async 'ensureDir makes directories where they exist by themselves'(fs) {
    await fs.ensureDir('a/b');
    await fs.ensureDir('a/b');
    assert.equal(await fs.exists('a/b'), fs.capabilities.realDirectories);
    if (!fs.capabilities.realDirectories) return;
    assert.equal((await fs.stat('a/b')).type, 'directory');
    await fs.write('a/file', '');
    await rejectsWith('NotDirectory', () => fs.ensureDir('a/file'));
    await rejectsWith('NotDirectory', () => fs.ensureDir('a/file/b'));
  },
} satisfies Rules<FileSystem>;
