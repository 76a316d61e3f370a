import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../contract/file-system.js';
import { createLocalFileSystem } from './create-local-file-system.js';
import { isTempName, tempName } from './temp-name.js';

let base: string;
let root: string;
let fs: FileSystem;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'fp-fs-'));
  root = join(base, 'root');
  await mkdir(root);
  fs = createLocalFileSystem({ root });
});
afterEach(() => rm(base, { recursive: true }));

test('the root defaults to the working directory and need not exist', async () => {
  expect(createLocalFileSystem().uri('')).toBe(pathToFileURL(process.cwd()).href);
  const later = createLocalFileSystem({ root: join(base, 'not', 'yet') });
  await expect(later.stat('')).rejects.toMatchObject({ reason: 'NotFound' });
  expect(await later.exists('')).toBe(false);
  await later.write('x', 'x');
  expect(await readFile(join(base, 'not', 'yet', 'x'), 'utf8')).toBe('x');
});

test('a URI is a file URL, percent-encoded', () => {
  expect(fs.uri('a b#c.csv')).toBe(`${pathToFileURL(root).href}/a%20b%23c.csv`);
});

test('a replaced file keeps its permission bits', async () => {
  await fs.write('secret', 'old');
  await chmod(join(root, 'secret'), 0o600);
  await fs.write('secret', 'new');
  expect((await stat(join(root, 'secret'))).mode & 0o777).toBe(0o600);
});

test('moved onto another name of itself, a file loses the first name', async () => {
  await fs.write('a', 'content');
  await link(join(root, 'a'), join(root, 'b'));
  await fs.move('a', 'b');
  expect(await readdir(root)).toEqual(['b']);
  await link(join(root, 'b'), join(root, 'c'));
  await fs.move('b', 'd');
  expect(await readdir(root)).toEqual(['c', 'd']);
});

test('small pieces are written together, in their order, whatever becomes of the buffer', async () => {
  const piece = Buffer.from('0123456789');
  const writer = await fs.openWrite('x', { durable: false });
  for (let index = 0; index < 100_000; index++) {
    piece[0] = 48 + (index % 10);
    await writer.write(piece);
  }
  await writer.close();
  const content = await readFile(join(root, 'x'));
  expect(content.byteLength).toBe(1_000_000);
  for (let index = 0; index < 100_000; index += 791)
    expect(content.toString('latin1', index * 10, index * 10 + 10)).toBe(`${index % 10}123456789`);
});

test('a reader finishes with the content it opened, while the file is replaced', async () => {
  await fs.write('x', 'a'.repeat(1_000_000));
  const stream = await fs.createReadStream('x');
  await fs.write('x', 'b');
  let text = '';
  for await (const chunk of stream) text += Buffer.from(chunk as Uint8Array).toString();
  expect(text).toBe('a'.repeat(1_000_000));
});

describe('unfinished files', () => {
  test('lie beside the target, hidden from listings, and cannot be named', async () => {
    const writer = await fs.openWrite('d/report.csv');
    await writer.write('half');
    const [name] = await readdir(join(root, 'd'));
    expect(name).toMatch(/^\.report\.csv\.[0-9a-f]{8}\.\d+\.\d+\.[0-9a-f]{12}\.tmp$/);
    for await (const info of fs.list('d', { recursive: true })) expect.unreachable(info.path);
    await expect(fs.read(`d/${name}`)).rejects.toMatchObject({ reason: 'InvalidPath' });
    await expect(fs.write(`d/${name}`, '')).rejects.toMatchObject({ reason: 'InvalidPath' });
    await writer.abort();
    expect(await readdir(join(root, 'd'))).toEqual([]);
  });

  test('left by a crash go with their directory and are not counted', async () => {
    await fs.write('d/x', 'x');
    await writeFile(join(root, 'd', tempName('y')), 'half');
    expect(await fs.deleteDir('d')).toEqual({ deleted: 1 });
    expect(await readdir(root)).toEqual([]);
  });

  test('fit into 255 bytes whatever the name is', async () => {
    for (const name of ['x'.repeat(255), 'é'.repeat(127), '日'.repeat(85)]) {
      await fs.write(name, name);
      expect(await fs.readText(name)).toBe(name);
      expect(Buffer.byteLength(tempName(name))).toBeLessThanOrEqual(255);
      expect(isTempName(tempName(name))).toBe(true);
    }
    await expect(fs.write('x'.repeat(256), '')).rejects.toMatchObject({ reason: 'InvalidPath' });
    expect(isTempName('.config.tmp')).toBe(false);
  });
});

describe('symbolic links', () => {
  beforeEach(async () => {
    await mkdir(join(base, 'outside'));
    await writeFile(join(base, 'outside', 'secret'), 'secret');
    await symlink(join(base, 'outside'), join(root, 'out'));
    await symlink(join(base, 'outside', 'secret'), join(root, 'out-file'));
  });

  test('cannot be followed out of the root by any call', async () => {
    await fs.write('x', 'x');
    const refused = {
      reason: 'OutsideRoot',
      message: expect.stringContaining(
        `leads out of this filesystem, to ${await realpath(join(base, 'outside'))}`,
      ),
      hint: expect.stringContaining('allowOutside'),
    };
    for (const path of ['out/secret', 'out-file', 'out/new']) {
      await expect(fs.stat(path)).rejects.toMatchObject(refused);
      await expect(fs.exists(path)).rejects.toMatchObject(refused);
      await expect(fs.read(path)).rejects.toMatchObject(refused);
      await expect(fs.write(path, 'bad')).rejects.toMatchObject(refused);
      await expect(fs.append(path, 'bad')).rejects.toMatchObject(refused);
      await expect(fs.copy('x', path)).rejects.toMatchObject(refused);
      await expect(fs.copy(path, 'y')).rejects.toMatchObject(refused);
      await expect(fs.move('x', path)).rejects.toMatchObject(refused);
      await expect(fs.ensureDir(path)).rejects.toMatchObject(refused);
    }
    await expect(fs.delete('out/secret')).rejects.toMatchObject(refused);
    await expect(fs.move('out/secret', 'y')).rejects.toMatchObject(refused);
    await expect(fs.move('out-file', 'y')).rejects.toMatchObject(refused);
    await expect(fs.deleteDir('out')).rejects.toMatchObject({ reason: 'NotDirectory' });
    expect(await readdir(join(base, 'outside'))).toEqual(['secret']);
    expect(await readFile(join(base, 'outside', 'secret'), 'utf8')).toBe('secret');
  });

  test('that lead out are no gap in a listing: it shows them, and fails where it would have to go through', async () => {
    await fs.write('x', 'x');
    expect(await listed()).toEqual(['out-file', 'out', 'x']);
    const shown: object[] = [];
    for await (const info of fs.list('')) shown.push(info);
    expect(shown.slice(0, 2)).toEqual([
      { path: 'out-file', type: 'file' },
      { path: 'out', type: 'directory' },
    ]);
    const given: string[] = [];
    const listing = (async () => {
      for await (const { path } of fs.list('', { recursive: true })) given.push(path);
    })();
    await expect(listing).rejects.toMatchObject({
      reason: 'OutsideRoot',
      message: expect.stringContaining("symbolic links lead out of this filesystem: 'out' to "),
    });
    expect(given).toEqual(['out-file', 'x']);
    await fs.delete('out');
    expect(await listed({ recursive: true })).toEqual(['out-file', 'x']);
  });

  test('do not lead out of a view of a folder, nor may the folder be one that leads out', async () => {
    await fs.write('data/x', 'x');
    await fs.write('other', 'other');
    await symlink('../other', join(root, 'data', 'link'));
    await symlink('data', join(root, 'alias'));
    const refused = { reason: 'OutsideRoot' };
    for (const view of [fs.sub('data'), fs.sub('').sub('data'), fs.sub('alias')]) {
      expect(await view.readText('x')).toBe('x');
      await expect(view.read('link')).rejects.toMatchObject(refused);
      await expect(view.write('link', 'bad')).rejects.toMatchObject(refused);
    }
    await expect(fs.sub('out').read('secret')).rejects.toMatchObject(refused);
    await expect(fs.sub('out').write('new', 'bad')).rejects.toMatchObject(refused);
    expect(await readdir(join(base, 'outside'))).toEqual(['secret']);
    expect(await fs.readText('data/link')).toBe('other');
  });

  test('count one each in a deleted folder, and what they lead to stays', async () => {
    await fs.write('d/x', 'x');
    await fs.write('kept/y', 'y');
    for (const [name, target] of [
      ['a', '../kept'],
      ['b', join(base, 'outside')],
      ['c', 'nowhere'],
    ] as const) {
      await symlink(target, join(root, 'd', name));
    }
    expect(await fs.deleteDir('d')).toEqual({ deleted: 4 });
    expect(await fs.readText('kept/y')).toBe('y');
    expect(await readdir(join(base, 'outside'))).toEqual(['secret']);
  });

  test('to folders are followed, in order, and a loop ends', async () => {
    await fs.write('a-b', '1');
    await fs.write('real/x', '2');
    await symlink('real', join(root, 'a'));
    await symlink('..', join(root, 'real', 'up'));
    await symlink('.', join(root, 'real', 'self'));
    const files = ['a-b', 'a/x', 'real/x'];
    await fs.delete('out');
    await fs.delete('out-file');
    expect(await listed({ recursive: true })).toEqual(files);
    expect(await listed({ recursive: true, startAfter: 'a-b' })).toEqual(files.slice(1));
    expect(await listed({ recursive: true }, 'a')).toEqual(['a/x']);
  });

  test('are deleted themselves, never what they point to', async () => {
    await fs.delete('out');
    await fs.delete('out-file');
    expect(await readdir(root)).toEqual([]);
    expect(await readdir(join(base, 'outside'))).toEqual(['secret']);
  });

  test('inside of the root work like what they point to', async () => {
    await fs.write('data/v1.csv', 'one');
    await symlink('v1.csv', join(root, 'data', 'latest.csv'));
    await symlink('data', join(root, 'alias'));
    await symlink('..', join(root, 'data', 'loop'));
    await symlink('nowhere', join(root, 'dangling'));
    await fs.delete('out');
    await fs.delete('out-file');
    expect(await fs.readText('alias/latest.csv')).toBe('one');
    await fs.write('data/latest.csv', 'two');
    expect(await fs.readText('data/v1.csv')).toBe('two');
    expect((await lstat(join(root, 'data', 'latest.csv'))).isSymbolicLink()).toBe(true);
    expect(await fs.exists('dangling')).toBe(false);
    expect(await listed({ recursive: true, includeDirs: true })).toEqual([
      'alias',
      'alias/latest.csv',
      'alias/loop',
      'alias/v1.csv',
      'data',
      'data/latest.csv',
      'data/loop',
      'data/v1.csv',
    ]);
    expect(await listed({}, 'alias')).toEqual(['alias/latest.csv', 'alias/loop', 'alias/v1.csv']);
    await fs.move('data/latest.csv', 'moved.csv');
    expect((await lstat(join(root, 'moved.csv'))).isFile()).toBe(true);
    expect(await fs.readText('moved.csv')).toBe('two');
    expect(await listed({}, 'data')).toEqual(['data/loop', 'data/v1.csv']);
  });

  test('a root that is itself a link works', async () => {
    await symlink(root, join(base, 'link'));
    const linked = createLocalFileSystem({ root: join(base, 'link') });
    await linked.write('x', 'x');
    expect(await linked.readText('x')).toBe('x');
    expect(await readFile(join(root, 'x'), 'utf8')).toBe('x');
  });

  async function listed(options: object = {}, path = ''): Promise<string[]> {
    const paths: string[] = [];
    for await (const info of fs.list(path, options)) paths.push(info.path);
    return paths;
  }
});
