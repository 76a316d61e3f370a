/**
 * Lists a local directory in UTF-8 byte order of the full key. `readdir` has no order of its own; sorting each
 * directory with `/` appended to the names of directories gives the order of the full keys.
 *
 * Listed are regular files and directories. A link counts as what it points to; one that dangles or leaves the root
 * is not listed, and a link to a directory is not descended into, so that a loop cannot trap the listing.
 */
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { DriverList } from '../contract/file-system-driver.js';
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

interface Entry {
  readonly info: FileInfo;
  readonly real: string;
  readonly descend: boolean;
}

export class LocalListing {
  readonly #fs: NodeFs;
  readonly #paths: LocalPaths;
  readonly #call: DriverList;

  constructor(fs: NodeFs, paths: LocalPaths, call: DriverList) {
    this.#fs = fs;
    this.#paths = paths;
    this.#call = call;
  }

  async *walk(path: string, real: string): AsyncGenerator<FileInfo> {
    const { recursive, includeDirs, signal } = this.#call;
    const children = await this.#sortedChildren(path, real);
    for (let at = 0; at < children.length; at += batchSize) {
      signal?.throwIfAborted();
      const batch = children.slice(at, at + batchSize);
      for (const entry of await Promise.all(batch.map((child) => this.#entry(path, real, child)))) {
        if (entry === undefined) continue;
        const { info, descend } = entry;
        const shown = info.type === 'file' || includeDirs;
        if (shown && this.#isBehindStart(keyOf(info))) yield info;
        if (recursive && descend) yield* this.walk(info.path, entry.real);
      }
    }
  }

  async #sortedChildren(path: string, real: string): Promise<Dirent[]> {
    const children = await absentAs(() => this.#fs.readdir(real), []);
    return children
      .filter((child) => !isTempName(child.name))
      .map((child) => ({ child, key: joinPath(path, child.isDirectory() ? `${child.name}/` : child.name) }))
      .filter(({ child, key }) => child.isSymbolicLink() || this.#mayHold(key))
      .sort((a, b) => compareKeys(a.key, b.key))
      .map(({ child }) => child);
  }

  /** False when neither the entry nor anything below it can be behind `startAfter`. */
  #mayHold(key: string): boolean {
    return this.#isBehindStart(key) || (key.endsWith('/') && this.#call.startAfter!.startsWith(key));
  }

  #isBehindStart(key: string): boolean {
    const { startAfter } = this.#call;
    return startAfter === undefined || compareKeys(key, startAfter) > 0;
  }

  async #entry(parentPath: string, parentReal: string, child: Dirent): Promise<Entry | undefined> {
    const path = joinPath(parentPath, child.name);
    const real = join(parentReal, child.name);
    if (child.isDirectory()) return { info: { path, type: 'directory' }, real, descend: true };
    if (!child.isFile() && !child.isSymbolicLink()) return undefined;
    // Between readdir and here the file may have gone: then it is not listed.
    return absentAs(async () => {
      if (child.isSymbolicLink() && !(await this.#paths.isInside(await this.#fs.realpath(real))))
        return undefined;
      const stats = await this.#fs.stat(real);
      if (!stats.isFile() && !stats.isDirectory()) return undefined;
      return { info: fileInfo(path, stats), real, descend: false };
    }, undefined);
  }
}

function keyOf(info: FileInfo): string {
  return info.type === 'directory' ? `${info.path}/` : info.path;
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
