/**
 * Lists a local directory in UTF-8 byte order of the full key. `readdir` has no order of its own; sorting each
 * directory with `/` appended to the names of directories gives the order of the full keys.
 *
 * Listed are regular files and directories. A link counts as what it points to, and one that dangles is not listed. A
 * link that leaves the root is listed without facts, since whoever opens it is refused; a recursive listing that would
 * have to go through some fails once everything else is listed, because what lies behind them would be missing in
 * silence. A link to a directory around it is not followed, so that a loop cannot trap the listing.
 */
import { join, sep } from 'node:path';
import { type DriverList, DriverFailure } from '../contract/file-system-driver.js';
import type { FileInfo } from '../contract/file-system.js';
import { compareKeys } from '../paths/compare-keys.js';
import { joinPath } from '../paths/normalize-path.js';
import { codeOf } from './classify-node-error.js';
import { fileInfo } from './local-info.js';
import type { LocalPaths } from './local-paths.js';
import type { NodeFs } from './node-fs-port.js';
import { isTempName } from './temp-name.js';

/** Facts are fetched for this many entries at once. */
const batchSize = 32;

interface Child {
  readonly path: string;
  /** The path, with `/` behind that of a directory. */
  readonly key: string;
  /** What is opened: where a link leads. */
  readonly real: string;
  readonly isDirectory: boolean;
  readonly isOutside: boolean;
}

export class LocalListing {
  readonly #fs: NodeFs;
  readonly #paths: LocalPaths;
  readonly #call: DriverList;
  readonly #followLinks: boolean;
  /** Directories that a recursive listing should have gone through. */
  readonly #leftOut: Child[] = [];

  /** @param followLinks - false: a link is listed as a file, whatever it leads to, and nothing but paths is told. */
  constructor(fs: NodeFs, paths: LocalPaths, call: DriverList, followLinks = true) {
    this.#fs = fs;
    this.#paths = paths;
    this.#call = call;
    this.#followLinks = followLinks;
  }

  async *list(path: string, real: string): AsyncGenerator<FileInfo> {
    yield* this.#walk(path, real, []);
    if (this.#leftOut.length > 0) throw leadOutside(this.#leftOut);
  }

  /** @param around - the real directories that the walk is in, the outermost first. */
  async *#walk(path: string, real: string, around: readonly string[]): AsyncGenerator<FileInfo> {
    const { recursive, includeDirs, signal } = this.#call;
    const within = [...around, real];
    const children = await this.#sortedChildren(path, real);
    for (let at = 0; at < children.length; at += batchSize) {
      signal?.throwIfAborted();
      const batch = children.slice(at, at + batchSize);
      const infos = await Promise.all(batch.map((child) => this.#info(child)));
      for (const [index, child] of batch.entries()) {
        const info = infos[index];
        if (info === undefined) continue;
        const isShown = !child.isDirectory || includeDirs;
        if (isShown && this.#isBehindStart(child.key)) yield info;
        if (!(recursive && child.isDirectory)) continue;
        if (child.isOutside) this.#leftOut.push(child);
        else if (!within.some((directory) => isAround(child.real, directory))) {
          yield* this.#walk(child.path, child.real, within);
        }
      }
    }
  }

  async #sortedChildren(path: string, real: string): Promise<Child[]> {
    const children: Child[] = [];
    for (const entry of await absentAs(() => this.#fs.readdir(real), [])) {
      const isLink = entry.isSymbolicLink();
      if (isTempName(entry.name) || !(isLink || entry.isFile() || entry.isDirectory())) continue;
      const own = { path: joinPath(path, entry.name), real: join(real, entry.name) };
      const child =
        isLink && this.#followLinks
          ? await this.#followed(own)
          : childOf({ ...own, isDirectory: entry.isDirectory(), isOutside: false });
      if (child !== undefined && this.#mayHold(child.key)) children.push(child);
    }
    return children.sort((a, b) => compareKeys(a.key, b.key));
  }

  #followed({ path, real }: Pick<Child, 'path' | 'real'>): Promise<Child | undefined> {
    return absentAs(async () => {
      const target = await this.#fs.realpath(real);
      const stats = await this.#fs.stat(target);
      if (!stats.isFile() && !stats.isDirectory()) return undefined;
      const isOutside = !(await this.#paths.isInside(target));
      return childOf({ path, real: target, isDirectory: stats.isDirectory(), isOutside });
    }, undefined);
  }

  /** False when neither the entry nor anything below it can be behind `startAfter`. */
  #mayHold(key: string): boolean {
    return this.#isBehindStart(key) || (key.endsWith('/') && this.#call.startAfter!.startsWith(key));
  }

  #isBehindStart(key: string): boolean {
    const { startAfter } = this.#call;
    return startAfter === undefined || compareKeys(key, startAfter) > 0;
  }

  async #info({ path, real, isDirectory, isOutside }: Child): Promise<FileInfo | undefined> {
    if (isDirectory) return { path, type: 'directory' };
    if (isOutside || !this.#followLinks) return { path, type: 'file' };
    // Between readdir and here the file may have gone: then it is not listed.
    return absentAs(async () => {
      const stats = await this.#fs.stat(real);
      return stats.isDirectory() ? undefined : fileInfo(path, stats);
    }, undefined);
  }
}

function childOf(child: Omit<Child, 'key'>): Child {
  return { ...child, key: child.isDirectory ? `${child.path}/` : child.path };
}

function isAround(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

function leadOutside(links: readonly Child[]): DriverFailure {
  const [first, ...others] = links.map(({ path, real }) => `'${path}' to ${real}`);
  const shown = [
    first,
    ...others.slice(0, 4),
    ...(others.length > 4 ? [`and ${others.length - 4} more`] : []),
  ];
  return new DriverFailure('OutsideRoot', `symbolic links lead out of this filesystem: ${shown.join(', ')}`);
}

async function absentAs<T, U>(call: () => Promise<T>, absent: U): Promise<T | U> {
  try {
    return await call();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return absent;
    throw error;
  }
}
