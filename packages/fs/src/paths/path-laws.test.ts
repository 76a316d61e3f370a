import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryFileSystem } from '../memory/create-memory-file-system.js';
import { compareKeys } from './compare-keys.js';
import { checkPath, joinPath, parentPath } from './normalize-path.js';
import { windowsNameFault } from './windows-names.js';

/** Paths made of the pieces that matter, mostly malformed, and arbitrary strings. */
const anyPath = fc.oneof(
  fc
    .array(fc.constantFrom('a', '.', '..', '', 'b c', '%2e%2e', '...', 'é', '\ud800', 'x\0'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('/')),
  fc.string({ unit: 'binary' }),
);
const normalPath = anyPath.filter((path) => 'path' in checkPath(path)).map((path) => normal(path));

describe('path laws', () => {
  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(normalPath, (path) => {
        expect(checkPath(path)).toEqual({ path });
      }),
    );
  });

  test('a normal path has no empty, dot or climbing segment', () => {
    fc.assert(
      fc.property(normalPath, (path) => {
        if (path !== '')
          for (const segment of path.split('/')) expect(['', '.', '..']).not.toContain(segment);
      }),
    );
  });

  test('a rooted view never leaves its directory', () => {
    const fs = createMemoryFileSystem({ name: 'm' });
    fc.assert(
      fc.property(normalPath, anyPath, (prefix, path) => {
        let uri: string;
        try {
          uri = fs.sub(prefix).uri(path);
        } catch (error) {
          expect(error).toMatchObject({ reason: 'InvalidPath' });
          return;
        }
        const inside = uri.slice('memory://m/'.length);
        expect(inside === prefix || prefix === '' || inside.startsWith(`${prefix}/`)).toBe(true);
        expect(checkPath(inside.slice(0, 1024))).not.toHaveProperty('fault', "it climbs with '..'");
      }),
    );
  });

  test('nested views are one view of the joined path', () => {
    const fs = createMemoryFileSystem();
    fc.assert(
      fc.property(normalPath, normalPath, normalPath, (a, b, c) => {
        expect(fs.sub(a).sub(b).uri(c)).toBe(fs.uri(joinPath(joinPath(a, b), c)));
      }),
    );
  });

  test('joining a path to its parent gives it back', () => {
    fc.assert(
      fc.property(normalPath, (path) => {
        expect(joinPath(parentPath(path), path.slice(path.lastIndexOf('/') + 1))).toBe(path);
      }),
    );
  });

  test('keys compare as their UTF-8 bytes', () => {
    const key = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareKeys('\u{10000}', '\uffff')).toBeGreaterThan(0);
    expect(compareKeys('a', 'ab')).toBeLessThan(0);
  });
});

test('Windows refuses reserved names, trailing dots and forbidden characters', () => {
  for (const name of ['CON', 'aux.txt', 'com1', 'nul.tar.gz', 'x.', 'x ', 'a:b', 'a\\b', 'q?', 'tab\t']) {
    expect(windowsNameFault(name), name).toBeDefined();
  }
  for (const name of ['console', 'auxiliary.txt', 'com10', '.gitignore', 'a.b', 'ünï']) {
    expect(windowsNameFault(name), name).toBeUndefined();
  }
});

function normal(path: string): string {
  const checked = checkPath(path);
  if ('path' in checked) return checked.path;
  throw new Error(checked.fault);
}
