import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProjectRoot, requireProject } from './find-project-root.js';
import { layoutOf } from './project-layout.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'fp-root-')));
  mkdirSync(join(root, 'conf'));
  mkdirSync(join(root, 'data/raw'), { recursive: true });
  writeFileSync(join(root, 'conf/project.yml'), '');
});
afterEach(() => rmSync(root, { recursive: true }));

const unreadable = (file: string, why: string) =>
  expect.objectContaining({
    code: 'FP_PROJECT_UNREADABLE',
    message: expect.stringContaining(`${join(root, file)} cannot be read: ${why}`),
    places: [{ file: join(root, file) }],
  }) as Error;

test('is found from a folder below', () => {
  expect(findProjectRoot(join(root, 'data/raw'))).toBe(root);
});

describe.each(['package.json', 'tsconfig.json'])('%s', (name) => {
  test('may be absent, or a file', () => {
    expect(requireProject(root, layoutOf({}))).toBe(root);
    writeFileSync(join(root, name), '{}');
    expect(requireProject(root, layoutOf({}))).toBe(root);
  });

  test('is no folder', () => {
    mkdirSync(join(root, name));
    expect(() => requireProject(root, layoutOf({}))).toThrow(unreadable(name, 'it is a folder.'));
  });

  test.skipIf(process.platform === 'win32')('is no pipe', () => {
    execFileSync('mkfifo', [join(root, name)]);
    expect(() => requireProject(root, layoutOf({}))).toThrow(unreadable(name, 'it is a pipe'));
  });
});

test('a configuration that cannot be looked at is not taken for absent', () => {
  rmSync(join(root, 'conf'), { recursive: true });
  symlinkSync('conf', join(root, 'conf'));
  expect(() => findProjectRoot(root)).toThrow(unreadable('conf/project.yml', 'ELOOP'));
});
