/** What a project is made of is not written to, whatever its path is called. All in one temporary folder. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBoundary } from './create-boundary.js';

let base: string;
let root: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-protected-')));
  root = join(base, 'project');
  mkdirSync(join(root, 'data'), { recursive: true });
  mkdirSync(join(root, 'settings'));
  mkdirSync(join(base, 'shared'));
  writeFileSync(join(root, 'package.json'), '{}');
  symlinkSync('settings', join(root, 'conf'));
  symlinkSync('../shared', join(root, 'pipelines'));
  symlinkSync('..', join(root, 'data', 'up'));
  symlinkSync('../package.json', join(root, 'data', 'link.json'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const boundary = () =>
  createBoundary({
    root,
    allowOutside: ['../shared'],
    protect: ['conf', 'pipelines', 'package.json', '.git'],
  });

describe('what is protected is not written to, however it is spelled', () => {
  const spellings: Record<string, () => string> = {
    'a file': () => 'package.json',
    'a folder': () => 'conf',
    'a file in a folder': () => 'conf/project.yml',
    'a file in a folder that is not there': () => '.git/hooks/x',
    'a path with dots': () => './conf/./x.yml',
    'a path that climbs': () => 'data/../conf/x.yml',
    'an absolute path': () => join(root, 'conf', 'x.yml'),
    'an absolute path with two slashes in front': () => `/${join(root, 'conf/x.yml')}`,
    'a URI': () => pathToFileURL(join(root, 'package.json')).href.replace('file:', 'FILE:'),
    'a URI with escapes': () => pathToFileURL(root).href + '/%63onf/x.yml',
    'other letters': () => 'Conf/x.yml',
    'other letters of a file': () => 'PACKAGE.JSON',
    'a link': () => 'data/link.json',
    'a link on the way': () => 'data/up/conf/x.yml',
    'where the link of it leads': () => 'settings/x.yml',
    'a link that leads out': () => 'pipelines/x.ts',
    'where it leads, outside': () => '../shared/x.ts',
  };
  test.each(Object.entries(spellings))('%s', (_name, spelling) => {
    const text = spelling();
    expect(() => boundary().locate(text, 'file', 'write')).toThrow(
      expect.objectContaining({
        code: 'FP_FS_PROTECTED',
        message: expect.stringContaining(`'${text}'`),
      }) as Error,
    );
    expect(boundary().locate(text)).toMatchObject({ path: expect.any(String) as string });
  });
});

test.each(['data/conf/x', 'confer/x', 'data/package.json', 'package.json.bak', 'conf.csv', '.github/x', 'x'])(
  '%s is written to',
  (text) => expect(boundary().locate(text, 'file', 'write')).toMatchObject({ kind: 'project', path: text }),
);

test('nothing is protected by itself', () => {
  expect(createBoundary({ root }).locate('conf/x', 'file', 'write')).toMatchObject({ kind: 'project' });
});

test('a folder is not written to as a whole when something protected lies in it', () => {
  const refused = expect.objectContaining({ code: 'FP_FS_PROTECTED' });
  for (const folder of ['.', 'data/..', 'data/up', root]) {
    expect(() => boundary().locate(folder, 'folder', 'write'), folder).toThrow(refused);
    boundary().locate(folder, 'folder', 'read');
  }
  boundary().locate('data', 'folder', 'write');
});
