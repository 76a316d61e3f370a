/** Everything happens below one temporary folder: `base/project` is the project, `base/outside` what it must not reach. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isFileSystemError } from '../errors/file-system-error.js';
import { createLocalFileSystem } from '../local/create-local-file-system.js';
import { type Boundary, createBoundary } from './create-boundary.js';

let base: string;
let root: string;
let outside: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-boundary-')));
  root = join(base, 'project');
  outside = join(base, 'outside');
  mkdirSync(join(root, 'a', 'b'), { recursive: true });
  mkdirSync(join(outside, 'deep'), { recursive: true });
  writeFileSync(join(outside, 'secret'), 'secret');
  writeFileSync(join(root, 'a', 'x'), 'x');
  symlinkSync('a', join(root, 'in'));
  symlinkSync('../outside/deep', join(root, 'out'));
  symlinkSync('..', join(root, 'up'));
  symlinkSync('../outside/new', join(root, 'dangling'));
  symlinkSync('a/new', join(root, 'promised'));
  symlinkSync('loop', join(root, 'loop'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error as Error & { code: string; hint: string };
  }
  throw new Error('It was not refused.');
};

describe('a location outside of the project is refused, however it is spelled', () => {
  const spellings: Record<string, () => string> = {
    'an absolute path': () => join(outside, 'x'),
    'an absolute path with two slashes in front': () => `/${join(outside, 'x')}`,
    'an absolute path that climbs': () => `${root}/../outside/x`,
    'a relative path that climbs': () => '../outside/x',
    'a path that climbs further down': () => 'a/b/../../../outside/x',
    'a link to a folder': () => 'out/x',
    'a path that climbs behind a link': () => 'out/../x',
    'a link to the folder above': () => 'up/outside/x',
    'a link that points to nothing yet': () => 'dangling',
    'a path behind a link that points to nothing yet': () => 'dangling/x',
    'a file URI': () => pathToFileURL(join(outside, 'x')).href,
    'a file URI in capitals': () => pathToFileURL(join(outside, 'x')).href.replace('file', 'FILE'),
    'a file URI with more slashes': () => pathToFileURL(join(outside, 'x')).href.replace('///', '////'),
    'a file URI that climbs, percent-encoded': () => `${pathToFileURL(root).href}/%2e%2e/outside/x`,
    'a file URI that climbs behind a link': () => `${pathToFileURL(root).href}/out/x`,
    'a neighbour whose name begins like the project': () => `${root}-two/x`,
  };
  test.each(Object.keys(spellings))('%s', (name) => {
    const error = refusal(() => createBoundary({ root }).locate(spellings[name]!()));
    expect(error.code).toBe('FP_FS_OUTSIDE_ROOT');
    expect(error.message).toMatch(new RegExp(`${base}/(?:outside|project-two)`));
  });

  test('and the hint is the line that allows it', () => {
    const { hint, message } = refusal(() =>
      createBoundary({ root, allowOutside: ['../other'] }).locate('../outside/x'),
    );
    expect(message).toBe(`'../outside/x', understood as ${outside}/x, is outside the project in ${root}.`);
    expect(hint).toBe(
      `Add to conf/project.yml: allowOutside: [${base}/other, ${outside}] – or pass --allow-outside ${outside}.`,
    );
    expect(createBoundary({ root, allowOutside: [outside] }).locate('../outside/x')).toMatchObject({
      kind: 'folder',
    });
  });

  test('a folder that is refused is itself what the hint allows', () => {
    expect(refusal(() => createBoundary({ root }).locate('../outside/cache', 'folder')).hint).toContain(
      `--allow-outside ${outside}/cache.`,
    );
  });

  test('a path that ends with a slash made the hint allow the folder around it', () => {
    for (const text of ['../outside/out/', `${pathToFileURL(outside).href}/out/`, `${outside}/out//`]) {
      const { hint } = refusal(() => createBoundary({ root }).locate(text));
      expect(hint, text).toContain(`allowOutside: [${outside}/out] – or`);
    }
  });
});

test('a location inside is allowed, however it is spelled', () => {
  const { locate } = createBoundary({ root });
  const x = join(root, 'a', 'x');
  for (const text of [
    'a/x',
    './a/./x',
    x,
    `/${x}`,
    `${root}/a/b/../x`,
    'a/b/../x',
    pathToFileURL(x).href,
    'up/project/a/x',
  ]) {
    expect(locate(text), text).toMatchObject({
      kind: 'project',
      path: expect.stringMatching(/^a\/x$|^up\//),
      file: x,
    });
  }
  expect(locate('in/x')).toEqual({ kind: 'project', path: 'in/x', file: x });
  expect(locate('promised')).toMatchObject({ kind: 'project', file: join(root, 'a', 'new') });
  expect(locate('%2e%2e/x')).toMatchObject({ path: '%2e%2e/x' });
  for (const text of ['S3://bucket/a/x', 's3://bucket/./a/x', 's3://bucket/a/./x/'])
    expect(locate(text)).toEqual({ kind: 'uri', scheme: 's3', authority: 'bucket', path: 'a/x' });
  for (const text of ['s3://bucket/../x', 's3://bucket//x', 's3://bucket/a//x', 's3://bucket/a/..']) {
    const error = refusal(() => locate(text));
    expect(error.code).toBe('FP_FS_INVALID_PATH');
    expect(error.message).toContain(`'${text}'`);
  }
});

test('a link that leads to itself is not a location', () => {
  expect(refusal(() => createBoundary({ root }).locate('loop/x')).code).toBe('FP_FS_INVALID_PATH');
});

describe('allowOutside', () => {
  test('allows real folders and what is below them, and nothing beside them', () => {
    symlinkSync(outside, join(base, 'alias'));
    for (const allowed of [
      outside,
      '../outside',
      '../alias',
      join(base, 'alias'),
      pathToFileURL(outside).href,
      'out/..',
    ]) {
      const { locate } = createBoundary({ root, allowOutside: [allowed] });
      for (const text of ['../outside/deep/x', '../alias/deep/x', 'out/x']) {
        expect(locate(text), text).toEqual({
          kind: 'folder',
          root: outside,
          path: 'deep/x',
          file: join(outside, 'deep', 'x'),
        });
      }
      expect(refusal(() => locate('../outside-two/x')).code).toBe('FP_FS_OUTSIDE_ROOT');
    }
  });

  test('may name a folder that is made later', () => {
    expect(createBoundary({ root, allowOutside: ['../later'] }).locate('../later/x')).toMatchObject({
      kind: 'folder',
    });
  });

  test('takes no files and nothing that is not a path', () => {
    for (const wrong of ['../outside/secret', '~/x', 's3://bucket', 'a\0']) {
      expect(refusal(() => createBoundary({ root, allowOutside: [wrong] })).code).toBe('FP_FS_INVALID_PATH');
    }
  });
});

test('without a folder of its own, a project has no path of this machine inside', () => {
  const { locate } = createBoundary({ allowOutside: [outside] });
  expect(locate('a/x')).toEqual({ kind: 'project', path: 'a/x', file: undefined });
  expect(locate(join(outside, 'x'))).toMatchObject({ kind: 'folder', path: 'x' });
  expect(refusal(() => locate(join(root, 'x'))).code).toBe('FP_FS_OUTSIDE_ROOT');
  expect(refusal(() => createBoundary({ allowOutside: ['../x'] })).code).toBe('FP_FS_INVALID_PATH');
});

describe('laws', () => {
  const names = [
    '..',
    '.',
    'a',
    'b',
    'x',
    'in',
    'out',
    'up',
    'dangling',
    'promised',
    'loop',
    'new',
    'project',
    'outside',
    'deep',
  ];
  const odd = ['', '%2e%2e', '%2E.', '%2f', '%5c', '\\', '..\\', 'C:', 'c:\\', '~', '\0', ' '];
  /** Texts of all the pieces that matter. `@x` stands for a folder of this test, which is made anew for each. */
  const anyText = fc
    .tuple(
      fc.constantFrom(
        '',
        '',
        '/',
        '//',
        'file://',
        'FILE://',
        'file:',
        '@base',
        '/@root',
        '@outside',
        'file://@root',
        'File://@outside',
      ),
      fc.array(fc.constantFrom(...names, ...odd), { maxLength: 7 }),
      fc.constantFrom('/', '/', '/', '//', '\\'),
    )
    .map(([start, parts, separator]) =>
      start === '' ? parts.join(separator) : `${start}/${parts.join(separator)}`,
    );
  const spelled = (text: string) =>
    text.replace('@base', base).replace('@root', root).replace('@outside', outside);
  const isBelow = (file: string, folder: string) => file === folder || file.startsWith(folder + sep);
  const tryLocate = (boundary: Boundary, text: string) => {
    try {
      return boundary.locate(text);
    } catch (error) {
      if (isFileSystemError(error, 'OutsideRoot') || isFileSystemError(error, 'InvalidPath'))
        return undefined;
      throw error;
    }
  };

  test('what is written to a location that is allowed is below its root, and nothing else changes', async () => {
    const fs = createLocalFileSystem({ root });
    const boundary = createBoundary({ root });
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const location = tryLocate(boundary, spelled(text));
        if (location === undefined) return;
        if (location.kind !== 'project') throw new Error(`${text} leads to a ${location.kind}`);
        expect(isBelow(location.file!, root)).toBe(true);
        try {
          await fs.write(location.path, 'written');
          expect(isBelow(realpathSync(join(root, location.path)), root)).toBe(true);
          expect(readFileSync(location.file!, 'utf8')).toBe('written');
        } catch (error) {
          // A folder, or a path through a file: no file can be written there.
          expect(['IsDirectory', 'NotDirectory', 'InvalidPath']).toContain(
            (error as { reason?: string }).reason,
          );
        }
        expect(readdirSync(base)).toEqual(['outside', 'project']);
        expect(readdirSync(outside)).toEqual(['deep', 'secret']);
        expect(readdirSync(join(outside, 'deep'))).toEqual([]);
        expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
      }),
      { numRuns: 300 },
    );
  });

  test('deciding on what was decided changes nothing', () => {
    const boundary = createBoundary({ root, allowOutside: [outside] });
    fc.assert(
      fc.property(anyText, (text) => {
        const location = tryLocate(boundary, spelled(text));
        if (location === undefined || location.kind === 'uri') return;
        const again = boundary.locate(location.file!);
        expect(again).toMatchObject({ kind: location.kind, file: location.file });
        expect(boundary.locate(pathToFileURL(location.file!).href)).toEqual(again);
      }),
    );
  });

  test('for what exists, the answer is that of the operating system', () => {
    const { locate } = createBoundary({ root });
    const existing = fc
      .array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(existing, (text) => {
        let real: string;
        try {
          real = realpathSync.native(`${root}/${text}`);
        } catch {
          return;
        }
        if (isBelow(real, root)) expect(locate(text)).toMatchObject({ kind: 'project', file: real });
        else expect(refusal(() => locate(text))).toMatchObject({ code: 'FP_FS_OUTSIDE_ROOT', uri: real });
      }),
    );
  });
});
