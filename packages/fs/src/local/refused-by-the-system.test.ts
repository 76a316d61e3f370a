/** What the operating system refuses: by a limit that every machine has, and by rights. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileSystem } from '../facade/create-file-system.js';
import { failingPort } from './__fixtures__/failing-port.js';
import { LocalDriver } from './local-driver.js';

/** Packages that are CommonJS inside. */
const requireInModules =
  "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fp-refused-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

// The shell sets the limit; Windows has none of this kind.
test.skipIf(process.platform === 'win32')(
  'a file that may not grow: the old content stays, nothing is left, and the next write succeeds',
  async () => {
    await writeFile(join(root, 'x'), 'old');
    const built = await mkdtemp(join(tmpdir(), 'fp-refused-program-'));
    const entry = { program: fileURLToPath(new URL('__fixtures__/write-large.ts', import.meta.url)) };
    const bundle = { noExternal: [/./], banner: { js: requireInModules } };
    await build({
      config: false,
      silent: true,
      format: 'esm',
      target: 'es2023',
      entry,
      outDir: built,
      ...bundle,
    });
    await writeFile(join(built, 'package.json'), '{ "type": "module" }');
    // 100 blocks of 512 or 1024 bytes: no more than 100 KB.
    const command = [
      '-c',
      'ulimit -f 100 && exec "$0" "$1" "$2"',
      process.execPath,
      join(built, 'program.js'),
      root,
    ];
    const { stdout, stderr } = spawnSync('sh', command, { encoding: 'utf8' });
    await rm(built, { recursive: true });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(
      ['write', 'stream', 'writer', 'append'].map((call) => [call, 'FP_FS_NO_SPACE', 'EFBIG']),
    );
    expect((await readdir(root)).filter((name) => name !== 'log')).toEqual(['x', 'y']);
    expect(await readFile(join(root, 'x'), 'utf8')).toBe('old');
    expect(await readFile(join(root, 'y'), 'utf8')).toBe('small');
  },
);

test('what may not be looked at is not absent', async () => {
  await writeFile(join(root, 'x'), 'x');
  const denied = () =>
    Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }));
  const { port } = failingPort(0);
  const refused = { reason: 'PermissionDenied', code: 'FP_FS_PERMISSION_DENIED' };
  for (const call of ['realpath', 'open', 'stat'] as const) {
    const fs = createFileSystem(new LocalDriver(root, { ...port, [call]: denied }));
    if (call !== 'open') await expect(fs.exists('x'), call).rejects.toMatchObject(refused);
    if (call !== 'stat') await expect(fs.read('x'), call).rejects.toMatchObject(refused);
    await expect(fs.write('x', 'new'), call).rejects.toMatchObject(refused);
  }
  for (const call of ['readdir', 'stat'] as const) {
    const fs = createFileSystem(new LocalDriver(root, { ...port, [call]: denied }));
    const listing = async () => {
      for await (const _info of fs.list(''));
    };
    await expect(listing(), call).rejects.toMatchObject(refused);
  }
  const fs = createFileSystem(new LocalDriver(root, { ...port, unlink: denied }));
  await expect(fs.delete('x')).rejects.toMatchObject(refused);
  expect(await readFile(join(root, 'x'), 'utf8')).toBe('x');
});
