/** Another process puts a link where a folder was, between the moment a path was judged and the moment it is opened. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileSystem } from '../facade/create-file-system.js';
import { LocalDriver } from './local-driver.js';
import { type NodeFs, nodeFsPort } from './node-fs-port.js';

let base: string;
let root: string;
let outside: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-races-')));
  root = join(base, 'root');
  outside = join(base, 'outside');
  mkdirSync(join(root, 'data'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(root, 'data', 'x'), 'mine');
  writeFileSync(join(outside, 'x'), 'secret');
});
afterEach(() => rmSync(base, { recursive: true }));

let tellsLocation = true;

/** The filesystem below `root`; `change` happens before the first file is opened, `after` when it is open. */
function racing(change: () => void, after = () => {}) {
  let isFirst = true;
  const open: NodeFs['open'] = async (path, flags) => {
    const handle = await nodeFsPort.open(path, flags);
    return tellsLocation ? handle : { ...handle, location: () => Promise.resolve(undefined) };
  };
  const port: NodeFs = {
    ...nodeFsPort,
    async open(path, flags) {
      if (!isFirst) return open(path, flags);
      isFirst = false;
      change();
      const handle = await open(path, flags);
      after();
      return handle;
    },
  };
  return createFileSystem(new LocalDriver(root, port));
}

function swapFolder() {
  renameSync(join(root, 'data'), join(root, 'moved'));
  symlinkSync(outside, join(root, 'data'), 'junction');
}

function swapBack() {
  rmSync(join(root, 'data'));
  renameSync(join(root, 'moved'), join(root, 'data'));
}

const refused = { reason: expect.stringMatching(/^(?:InvalidPath|OutsideRoot)$/) };
const untouched = () => {
  expect(readdirSync(outside)).toEqual(['x']);
  expect(readFileSync(join(outside, 'x'), 'utf8')).toBe('secret');
};

describe.each([true, false])('where the operating system tells where an open file is: %s', (tells) => {
  beforeEach(() => {
    tellsLocation = tells;
  });

  test('a folder that becomes a link: nothing outside is read, appended to or replaced', async () => {
    const calls = [
      (fs: ReturnType<typeof racing>) => fs.read('data/x'),
      (fs: ReturnType<typeof racing>) => fs.append('data/x', 'more'),
      (fs: ReturnType<typeof racing>) => fs.write('data/x', 'new'),
      (fs: ReturnType<typeof racing>) => fs.write('data/y', 'new'),
    ];
    for (const call of calls) {
      await expect(call(racing(swapFolder))).rejects.toMatchObject(refused);
      untouched();
      swapBack();
      expect(readdirSync(join(root, 'data'))).toEqual(['x']);
    }
  });

  test('a link that comes and goes again is noticed by the file that it led to', async () => {
    expect(await racing(swapFolder, swapBack).readText('data/x')).toBe('mine');
    await racing(swapFolder, swapBack).append('data/x', ' and more');
    untouched();
    expect(readFileSync(join(root, 'data', 'x'), 'utf8')).toBe('mine and more');
  });

  test.skipIf(process.platform === 'win32')('a file that becomes a link is not followed', async () => {
    const swapFile = () => {
      rmSync(join(root, 'data', 'x'));
      symlinkSync(join(outside, 'x'), join(root, 'data', 'x'));
    };
    await expect(racing(swapFile).read('data/x')).rejects.toMatchObject(refused);
    untouched();
  });

  test('a file that is replaced while it is opened is read as it is then', async () => {
    const replace = () => {
      writeFileSync(join(root, 'data', 'new'), 'newer');
      renameSync(join(root, 'data', 'new'), join(root, 'data', 'x'));
    };
    expect(await racing(() => {}, replace).readText('data/x')).toBe('newer');
  });
});

test('a link that points to nothing yet leads out as any other', async () => {
  symlinkSync(join(outside, 'new'), join(root, 'dangling'));
  const fs = createFileSystem(new LocalDriver(root));
  for (const path of ['dangling', 'dangling/x']) {
    await expect(fs.append(path, 'x')).rejects.toMatchObject(refused);
    await expect(fs.write(path, 'x')).rejects.toMatchObject(refused);
    await expect(fs.ensureDir(path)).rejects.toMatchObject(refused);
  }
  untouched();
});
