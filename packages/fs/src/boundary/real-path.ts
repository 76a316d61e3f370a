/**
 * The real location of a path: every symbolic link followed, also one that points to nothing yet, and every `..`
 * taken after the links in front of it, as the operating system does.
 *
 * Written as questions about the disk, so that one rule serves callers that may wait for it and callers that may not.
 */
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** `realpath` of a path that may not exist, or the text of a link: undefined where there is none. */
export interface DiskQuestion {
  readonly ask: 'realpath' | 'readlink';
  readonly path: string;
}

/** As many links as Linux follows in one path. */
const maxLinks = 40;

export function* realPathOf(path: string, links = 0): Generator<DiskQuestion, string, string | undefined> {
  const real = yield { ask: 'realpath', path };
  if (real !== undefined) return real;
  const parent = dirname(path);
  if (parent === path) return path;
  const name = basename(path);
  const realParent = yield* realPathOf(parent, links);
  if (name === '.') return realParent;
  if (name === '..') return dirname(realParent);
  const entry = join(realParent, name);
  const link = yield { ask: 'readlink', path: entry };
  if (link === undefined) return entry;
  if (links === maxLinks) throw Object.assign(new Error(`too many links: ${entry}`), { code: 'ELOOP' });
  // Not joined: that would take out `..` before the links in front of it are followed.
  return yield* realPathOf(isAbsolute(link) ? link : realParent + sep + link, links + 1);
}

/** @throws what `node:fs` throws, but not for what does not exist. */
export function realPathSync(path: string): string {
  const walk = realPathOf(path);
  let step = walk.next();
  while (!step.done) {
    const { ask, path: asked } = step.value;
    step = walk.next(
      absentAsUndefined(() => (ask === 'realpath' ? realpathSync.native(asked) : linkText(asked))),
    );
  }
  return step.value;
}

function linkText(path: string): string | undefined {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
}

function absentAsUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** True for the errors of `node:fs` that say that nothing is there. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
