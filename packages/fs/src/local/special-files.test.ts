/** Pipes, sockets and devices: no call waits for them, and none replaces one. */
import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { lstat, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../contract/file-system.js';
import { createLocalFileSystem } from './create-local-file-system.js';

let root: string;
let fs: FileSystem;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fp-fs-'));
  await writeFile(join(root, 'x'), 'x');
  fs = createLocalFileSystem({ root });
});
afterEach(() => rm(root, { recursive: true }));

// Windows keeps its pipes elsewhere.
describe.runIf(process.platform !== 'win32')('a named pipe', () => {
  beforeEach(async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await symlink('pipe', join(root, 'link'));
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ['stat', (path) => fs.stat(path)],
    ['exists', (path) => fs.exists(path)],
    ['read', (path) => fs.read(path)],
    ['createReadStream', (path) => fs.createReadStream(path)],
    ['write', (path) => fs.write(path, 'new')],
    ['append', (path) => fs.append(path, 'new')],
    ['copy', (path) => fs.copy(path, 'y')],
    ['copy to it', (path) => fs.copy('x', path)],
    ['move to it', (path) => fs.move('x', path)],
  ])('is refused by %s, also through a link', async (_name, call) => {
    for (const path of ['pipe', 'link']) {
      await expect(call(path)).rejects.toMatchObject({
        code: 'FP_FS_NOT_FILE',
        message: expect.stringMatching(/it is a (?:named )?pipe.*, not a file/),
      });
    }
    expect((await lstat(join(root, 'pipe'))).isFIFO()).toBe(true);
  });

  test('is not appended to while somebody reads it', async () => {
    const reader = await open(join(root, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    await expect(fs.append('pipe', 'new')).rejects.toMatchObject({ code: 'FP_FS_NOT_FILE' });
    await reader.close();
  });

  test('is not listed', async () => {
    const names: string[] = [];
    for await (const { path } of fs.list('')) names.push(path);
    expect(names).toEqual(['x']);
  });

  test('can be deleted', async () => {
    await fs.delete('pipe');
    await expect(lstat(join(root, 'pipe'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
