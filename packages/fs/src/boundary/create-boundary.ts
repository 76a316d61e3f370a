/**
 * The one rule for locations that a person names: in YAML, in code, on the command line. Whatever opens such a
 * location asks here first and opens what it is told, nothing else.
 */
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { statSync } from 'node:fs';
import { FileSystemError } from '../errors/file-system-error.js';
import { isText, type OptionKinds, requireOptions } from '../facade/require-options.js';
import { checkPath } from '../paths/normalize-path.js';
import { parseUri } from '../uri/parse-uri.js';
import { invalidPath, localPath } from './local-path.js';
import { pathsBelow } from './paths-below.js';
import { type ProtectedEntry, protectedEntries } from './protected-entries.js';
import { isAbsent, realPathSync } from './real-path.js';

/** Where a named location is. */
export type Location =
  /** On the filesystem of the project. `file` is the real path, where the project is a folder of this machine. */
  | { readonly kind: 'project'; readonly path: string; readonly file: string | undefined }
  /** Below the real folder `root`, which `allowOutside` names or lies below. */
  | { readonly kind: 'folder'; readonly root: string; readonly path: string; readonly file: string }
  /** On another filesystem, which has a rule of its own. */
  | { readonly kind: 'uri'; readonly scheme: string; readonly authority: string; readonly path: string };

export interface BoundaryOptions {
  /** The folder of the project. Without it no path of this machine is inside, for projects that live elsewhere. */
  readonly root?: string | undefined;
  /** In place of it, the URI of the folder of a project that lives elsewhere: what lies below it is in the project. */
  readonly uri?: string | undefined;
  /** Folders outside of it that may be used with everything below them: relative to the root, or absolute. */
  readonly allowOutside?: readonly string[] | undefined;
  /**
   * Files and folders that nothing may be written to, with everything in them: relative to the root, and in any case
   * (`Conf` is `conf`).
   */
  readonly protect?: readonly string[] | undefined;
  /** Those of the protected folders below which, but not in which, a cache may be kept. Default: none. */
  readonly keepCaches?: readonly string[] | undefined;
}

/** What is to be done with a location. */
export type LocationUse = 'read' | 'write' | 'cache';

export interface Boundary {
  /** The real folder of the project, links resolved. */
  readonly root: string | undefined;
  /** The real folders outside that may be used. */
  readonly allowed: readonly string[];
  /**
   * Where a path or URI leads. Inside and outside are told by the real path, after every link and `..`.
   *
   * @param as - what is named; a folder that is refused is itself what the hint allows. Default `file`; for
   *   the hint, a text that ends with a slash is a folder.
   * @param use - what is to be done with it: `cache` for a folder that a cache fills; `write` for a folder means all that is
   *   in it. Default `read`.
   * @throws FileSystemError `FP_FS_INVALID_PATH` for a text that is not a location, `FP_FS_OUTSIDE_ROOT` for a location
   *   that is not allowed, `FP_FS_PROTECTED` for one that is protected and would be written; with the path as it was
   *   understood.
   */
  locate(text: string, as?: 'file' | 'folder', use?: LocationUse): Location;
}

const kinds: OptionKinds = {
  root: ['a text', isText],
  uri: ['a text', isText],
  allowOutside: ['a list of folders', (value) => Array.isArray(value) && value.every(isText)],
  keepCaches: ['a list of folders', (value) => Array.isArray(value) && value.every(isText)],
  protect: ['a list of files and folders', (value) => Array.isArray(value) && value.every(isText)],
};

/**
 * Decides which locations may be used: those in the folder of a project, and those below the folders that it allows.
 *
 * Not guaranteed: that a location stays where it is. The filesystems of this package look again when they open it.
 *
 * @throws FileSystemError `FP_FS_INVALID_PATH` when a folder of `allowOutside` is a file or no path; `FP_FS_BAD_OPTION`.
 *
 * @example
 * ```ts
 * import { createBoundary } from '@flowerpower/fs';
 *
 * const boundary = createBoundary({ root: process.cwd(), allowOutside: ['../shared'] });
 * boundary.locate('data/x.csv'); // { kind: 'project', path: 'data/x.csv', file: … }
 * boundary.locate('../shared/x.csv'); // { kind: 'folder', path: 'x.csv', root: …, file: … }
 * boundary.locate('../elsewhere/x.csv'); // throws FP_FS_OUTSIDE_ROOT
 * ```
 */
export function createBoundary(options: BoundaryOptions): Boundary {
  requireOptions('createBoundary', options, kinds);
  const { root: given, uri, allowOutside = [], protect = [], keepCaches = [] } = options;
  const root = given === undefined ? undefined : realPathSync(resolve(given));
  const allowed = [...new Set(allowOutside.map((text) => realFolder(text, root)))];
  const protectedEntryOf = root === undefined ? () => undefined : protectedEntries(root, protect);
  const elsewhere = root === undefined ? pathsBelow(uri, protect) : undefined;
  const isRefused = (entry: ProtectedEntry | undefined, use: LocationUse): entry is ProtectedEntry =>
    entry !== undefined &&
    use !== 'read' &&
    (use === 'write' || entry.isItself || !keepCaches.includes(entry.name));
  // The nearest folder first: it gives the narrowest filesystem.
  const folders = allowed.toSorted((a, b) => b.length - a.length);

  return {
    root,
    allowed,
    locate(text, as = 'file', use = 'read') {
      const { scheme, authority, path } = parseUri(text);
      // Elsewhere a key has one spelling, whatever is written.
      const key = scheme === 'file' ? path : keyIn(text, path);
      const inside =
        elsewhere?.pathOf({ scheme, authority, path: key }) ??
        (root === undefined && scheme === 'file' && isRelative(path) ? pathElsewhere(text, path) : undefined);
      if (inside !== undefined) {
        const entry = elsewhere?.protectedEntryOf(inside, use === 'write' ? as : 'file');
        if (isRefused(entry, use)) throw isProtected(text, `${uri}/${inside}`, entry.name);
        return { kind: 'project', path: inside, file: undefined };
      }
      if (scheme !== 'file') return { kind: 'uri', scheme, authority, path: key };
      const file = realPath(text, localPath(text, root ?? sep));
      const entry = use === 'read' ? undefined : protectedEntryOf(file, use === 'write' ? as : 'file');
      if (isRefused(entry, use)) throw isProtected(text, file, entry.name);
      if (root !== undefined && isBelow(file, root)) {
        return { kind: 'project', path: asWritten(path) ?? keyOf(text, file, root), file };
      }
      const folder = folders.find((candidate) => isBelow(file, candidate));
      if (folder !== undefined)
        return { kind: 'folder', root: folder, path: keyOf(text, file, folder), file };
      // What ends with a slash is a folder, whoever asks.
      throw outside(text, { file, as: /[/\\]$/.test(text) ? 'folder' : as, root, allowed });
    },
  };
}

function realFolder(text: string, root: string | undefined): string {
  if (root === undefined && isRelative(parseUri(text).path)) {
    throw invalidPath(
      text,
      'allowOutside takes absolute folders here, since the project is not a folder of this machine',
    );
  }
  const folder = realPath(text, localPath(text, root ?? sep));
  try {
    if (!statSync(folder).isDirectory())
      throw invalidPath(text, 'allowOutside takes folders, and it is a file');
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return folder;
}

/** As every filesystem reads paths: what is neither absolute nor begins with a drive. */
function isRelative(path: string): boolean {
  return !/^(?:[/\\]|[a-z]:|~(?:$|[/\\]))/i.test(path);
}

/** A relative path of a project that is not a folder of this machine: there is no folder around it. */
function pathElsewhere(text: string, path: string): string {
  const checked = checkPath(path);
  if ('path' in checked) return path;
  throw invalidPath(text, `${checked.fault}; what lies outside of the project is named by its whole URI`);
}

/** A path that only goes down keeps the names that it was written with, so that links inside stay what they are. */
function asWritten(path: string): string | undefined {
  if (isAbsolute(path)) return undefined;
  const checked = checkPath(path.replaceAll(sep, '/'));
  return 'path' in checked ? checked.path : undefined;
}

/** The one spelling of a key. */
function keyIn(text: string, key: string): string {
  const checked = checkPath(key);
  if ('path' in checked) return checked.path;
  throw invalidPath(text, checked.fault);
}

/** The path of a file on the filesystem of a folder around it. */
function keyOf(text: string, file: string, folder: string): string {
  return keyIn(text, relative(folder, file).replaceAll(sep, '/'));
}

function realPath(text: string, path: string): string {
  try {
    return realPathSync(path);
  } catch (cause) {
    throw invalidPath(text, `where it leads cannot be told (${(cause as Error).message})`, cause);
  }
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

interface Outside {
  readonly file: string;
  readonly as: 'file' | 'folder';
  readonly root: string | undefined;
  readonly allowed: readonly string[];
}

function isProtected(text: string, file: string, entry: string): FileSystemError {
  const understood = file === text ? '' : `, understood as ${file},`;
  return new FileSystemError({
    reason: 'Protected',
    op: 'locate',
    uri: file,
    backend: 'local',
    message: `'${text}'${understood} is not written to: '${entry}' is a part of the project itself.`,
  });
}

function outside(text: string, { file, as, root, allowed }: Outside): FileSystemError {
  const understood = file === text ? '' : `, understood as ${file},`;
  const folder = as === 'folder' ? file : join(file, '..');
  return new FileSystemError({
    reason: 'OutsideRoot',
    op: 'locate',
    uri: file,
    backend: 'local',
    message: `'${text}'${understood} is outside the project${root === undefined ? '' : ` in ${root}`}.`,
    // The root of a disk would allow everything; nobody should be led to that.
    hint:
      folder === join(folder, '..')
        ? 'Use a location in the project, or in a folder that allowOutside can name.'
        : `Add to conf/project.yml: allowOutside: [${[...allowed, folder].map(yamlText).join(', ')}] – or pass --allow-outside ${shellText(folder)}.`,
  });
}

function yamlText(text: string): string {
  return /^[\w./][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

function shellText(text: string): string {
  return /^[\w./:\\-]+$/.test(text) ? text : JSON.stringify(text);
}
