import assert from 'node:assert/strict';
import type { FileSystem } from '../../contract/file-system.js';
import { collect, fill, keysOf, rejectsWith } from '../assertions.js';
import type { Rules } from '../contract.js';

/** In UTF-8 byte order. U+E000 is smaller than an emoji in bytes and greater in UTF-16 units. */
const tricky = ['B', 'a b', 'a-b', 'a.txt', 'a/', 'a/b', 'a/c/', 'a/c/d', 'a0', 'aa', 'é', '\ue000', '😀'];
const files = tricky.filter((key) => !key.endsWith('/'));

export const listingRules = {
  async 'listings are in UTF-8 byte order of the full key'(fs) {
    await fill(fs, [...files].reverse());
    assert.deepEqual(await keysOf(fs.list('', { recursive: true })), files);
    assert.deepEqual(await keysOf(fs.list('', { recursive: true, includeDirs: true })), tricky);
    const firstLevel = tricky.filter((key) => !key.slice(0, -1).includes('/'));
    assert.deepEqual(await keysOf(fs.list('')), firstLevel);
    assert.deepEqual(
      await keysOf(fs.list('', { includeDirs: false })),
      firstLevel.filter((key) => !key.endsWith('/')),
    );
  },
  async 'a listing holds what is below the directory, and only that'(fs) {
    await fill(fs, ['d/x', 'd/e/y', 'dd/z', 'd.txt']);
    assert.deepEqual(await keysOf(fs.list('d')), ['d/e/', 'd/x']);
    assert.deepEqual(await keysOf(fs.list('d/')), ['d/e/', 'd/x']);
    assert.deepEqual(await keysOf(fs.list('d', { recursive: true })), ['d/e/y', 'd/x']);
  },
  async 'an absent directory and a file have no entries'(fs) {
    await fill(fs, ['d/x']);
    assert.deepEqual(await collect(fs.list('absent')), []);
    assert.deepEqual(await collect(fs.list('absent/deep', { recursive: true })), []);
    assert.deepEqual(await collect(fs.list('d/x')), []);
    assert.deepEqual(await collect(fs.list('d/x/y')), []);
  },
  async 'listed files have size and version'(fs) {
    const { version } = await fs.write('d/x', 'four');
    const [info] = await collect(fs.list('d'));
    assert.equal(info?.size, 4);
    assert.equal(info?.version, version);
  },
  async 'startAfter and limit page through every listing'(fs) {
    await fill(fs, files);
    for (const options of [{ recursive: true, includeDirs: true }, { recursive: true }, {}]) {
      const whole = await keysOf(fs.list('', options));
      for (const limit of [1, 2, 5]) {
        const paged: string[] = [];
        for (;;) {
          const startAfter = paged.at(-1);
          const page = await keysOf(fs.list('', { ...options, limit, startAfter }));
          assert.ok(page.length <= limit);
          if (page.length === 0) break;
          paged.push(...page);
        }
        assert.deepEqual(paged, whole);
      }
    }
    assert.deepEqual(
      await keysOf(fs.list('', { recursive: true, startAfter: 'a/b.5' })),
      files.slice(files.indexOf('a/c/d')),
    );
    await rejectsWith('Unsupported', () => collect(fs.list('', { limit: 0 })));
  },
  async 'a listing longer than any page is whole, and goes on behind any key'(fs) {
    // Stores give a thousand keys at once.
    const many = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let at = 0; at < many.length; at += 100) {
      await Promise.all(many.slice(at, at + 100).map((path) => fs.write(path, 'x', { durable: false })));
    }
    assert.deepEqual(await keysOf(fs.list('many')), many);
    assert.deepEqual(await keysOf(fs.list('', { recursive: true })), many);
    assert.deepEqual(await keysOf(fs.list('many', { startAfter: many[999] })), many.slice(1000));
    assert.deepEqual(await fs.deleteDir('many'), { deleted: many.length });
  },
  async 'a listing can be left early'(fs) {
    await fill(fs, files);
    for await (const { path } of fs.list('', { recursive: true })) {
      assert.equal(path, files[0]);
      break;
    }
  },
  async 'glob finds files by pattern'(fs) {
    await fill(fs, [
      'a.csv',
      'a.txt',
      'd/b.csv',
      'd/e/c.csv',
      'd/e/f/g.csv',
      'd/.hidden.csv',
      'd/[x].csv',
      'd/!y.csv',
    ]);
    const found = (pattern: string) => keysOf(fs.glob(pattern));
    assert.deepEqual(await found('*.csv'), ['a.csv']);
    assert.deepEqual(await found('d/*.csv'), ['d/!y.csv', 'd/[x].csv', 'd/b.csv']);
    assert.deepEqual(await found('d/**/*.csv'), [
      'd/!y.csv',
      'd/[x].csv',
      'd/b.csv',
      'd/e/c.csv',
      'd/e/f/g.csv',
    ]);
    assert.deepEqual(await found('**/{c,g}.csv'), ['d/e/c.csv', 'd/e/f/g.csv']);
    assert.deepEqual(await found('d/{b,e/c}.csv'), ['d/b.csv', 'd/e/c.csv']);
    assert.deepEqual(await found('d/*/c.csv'), ['d/e/c.csv']);
    assert.deepEqual(await found('d/\\[x\\].csv'), ['d/[x].csv']);
    assert.deepEqual(await found('!y.csv'), []);
    assert.deepEqual(await found('d/e/c.csv'), ['d/e/c.csv']);
    assert.deepEqual(await found('d/e'), []);
    assert.deepEqual(await found('absent/*.csv'), []);
    await rejectsWith('InvalidPath', () => found('../*.csv'));
  },
  async 'names are kept byte for byte'(fs) {
    const names = [
      '100%.txt',
      '%41.txt',
      'a+b&c=d',
      'q#frag',
      "it's (1) [2] {3}",
      '~',
      'é',
      'e\u0301',
      'tab\there',
      '日本',
    ];
    await fill(
      fs,
      names.map((name) => `odd/${name}`),
    );
    for (const name of names) assert.equal(await fs.readText(`odd/${name}`), `odd/${name}`);
    const listed = await keysOf(fs.list('odd'));
    assert.deepEqual(new Set(listed), new Set(names.map((name) => `odd/${name}`)));
    for (const name of names) {
      await fs.copy(`odd/${name}`, `copied/${name}`);
      await fs.move(`odd/${name}`, `moved/${name}`);
      assert.equal(await fs.readText(`copied/${name}`), `odd/${name}`);
      assert.equal(await fs.readText(`moved/${name}`), `odd/${name}`);
    }
    assert.deepEqual(await keysOf(fs.list('odd', { recursive: true })), []);
  },
} satisfies Rules<FileSystem>;
