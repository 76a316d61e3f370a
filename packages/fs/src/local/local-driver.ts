/** The local disk as a driver. Every path stays inside the root, also through symbolic links. */
import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DriverCall,
  type DriverCopy,
  DriverFailure,
  type DriverList,
  type DriverRead,
  type DriverReader,
  type DriverUnfinished,
  type DriverWrite,
  type DriverWriter,
  type Failure,
  type FileSystemDriver,
} from '../contract/file-system-driver.js';
import type { FileInfo, UnfinishedWrite } from '../contract/file-system.js';
import { checkTarget, closeHandle, commitFile, removeFile, tempBeside } from './atomic-file.js';
import { classifyNodeError, codeOf } from './classify-node-error.js';
import { expectFile, fileInfo } from './local-info.js';
import { LocalListing } from './local-listing.js';
import { LocalPaths, linkInTheWay } from './local-paths.js';
import { readLocalFile } from './local-reader.js';
import { deleteUnfinished, unfinishedWrites } from './local-unfinished.js';
import { makeDirectory } from './make-directory.js';
import { openLocalWriter } from './local-writer.js';
import { type NodeFileHandle, type NodeFs, nodeFsPort } from './node-fs-port.js';
import { withPathLock } from './path-lock.js';

/** How often a file may be replaced while it is being opened; others write too. */
const maxChanges = 20;

export class LocalDriver implements FileSystemDriver {
  readonly backend = 'local';
  readonly scheme = 'file';
  readonly capabilities = { casWrite: 'process', metadata: false, realDirectories: true } as const;
  readonly #fs: NodeFs;
  readonly #paths: LocalPaths;
  /** Directories that were written to, and freed before from what dead processes left there. */
  readonly #tidied = new Set<string>();

  /** @param around - what the root must lie in, after every link. */
  constructor(root: string, fs: NodeFs = nodeFsPort, around?: LocalPaths) {
    this.#fs = fs;
    this.#paths = new LocalPaths(root, fs, around);
  }

  sub(prefix: string): FileSystemDriver {
    return new LocalDriver(this.#paths.absolute(prefix), this.#fs, this.#paths);
  }

  uri(path: string): string {
    return pathToFileURL(this.#paths.absolute(path)).href;
  }

  classify(error: unknown): Failure | undefined {
    return classifyNodeError(error);
  }

  async stat(path: string, _call: DriverCall): Promise<FileInfo> {
    const real = await this.#paths.resolve(path);
    return fileInfo(path, await existing(() => this.#fs.stat(real)));
  }

  async openRead(path: string, call: DriverRead): Promise<DriverReader> {
    return existing(async () => readLocalFile(await this.#open(path, 'r'), call));
  }

  async openWrite(path: string, call: DriverWrite): Promise<DriverWriter> {
    const target = await this.#paths.resolve(path);
    await this.#tidyBeside(target);
    return openLocalWriter(this.#fs, this.#paths, { path, target }, call);
  }

  async append(path: string, data: Uint8Array, _call: DriverCall): Promise<void> {
    const target = await this.#paths.resolve(path);
    await makeDirectory(this.#fs, join(target, '..'));
    await withPathLock(target, async () => {
      const handle = await this.#open(path, 'a');
      try {
        expectFile(await handle.stat());
        await handle.writeAll(data);
      } finally {
        await closeHandle(handle);
      }
    });
  }

  async *list(path: string, call: DriverList): AsyncIterable<FileInfo> {
    yield* new LocalListing(this.#fs, this.#paths, call).list(path, await this.#paths.resolve(path));
  }

  async copy(source: string, target: string, call: DriverCopy): Promise<FileInfo> {
    const from = await this.#paths.resolve(source);
    const to = await this.#paths.resolve(target);
    expectFile(await existing(() => this.#fs.stat(from)));
    return this.#copyFile(from, to, target, call);
  }

  async move(source: string, target: string, call: DriverCopy): Promise<FileInfo> {
    const from = await this.#paths.resolveEntry(source);
    const to = await this.#paths.resolve(target);
    const entry = await existing(() => this.#fs.lstat(from));
    if (entry.isSymbolicLink()) {
      // A relative link means something else in another directory: its content moves instead.
      const info = await this.copy(source, target, call);
      await removeFile(this.#fs, from);
      return info;
    }
    expectFile(entry);
    await checkTarget(this.#fs, to, call);
    await makeDirectory(this.#fs, join(to, '..'));
    try {
      const moved = await commitFile(this.#fs, from, to, call);
      // Renaming one name of a file to another of the same file does nothing and says nothing.
      if (moved.nlink > 1n && (await this.#isStillThere(from, moved))) await removeFile(this.#fs, from);
      return fileInfo(target, moved);
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error;
      // Another disk is mounted below the root.
      const info = await this.#copyFile(from, to, target, call);
      await removeFile(this.#fs, from);
      return info;
    }
  }

  async delete(path: string, _call: DriverCall): Promise<void> {
    const entry = await this.#paths.resolveEntry(path);
    await withPathLock(entry, () =>
      existing(async () => {
        if ((await this.#fs.lstat(entry)).isDirectory()) throw new DriverFailure('IsDirectory');
        await this.#fs.unlink(entry);
      }),
    );
  }

  async deleteDir(path: string, call: DriverCall): Promise<{ deleted: number }> {
    const real = path === '' ? await this.#paths.resolve('') : await this.#paths.resolveEntry(path);
    try {
      const entry = await existing(() => this.#fs.lstat(real));
      if (!entry.isDirectory()) throw new DriverFailure('NotDirectory', 'it is a file or a link');
    } catch (error) {
      if (error instanceof DriverFailure && error.failure.reason === 'NotFound') return { deleted: 0 };
      throw error;
    }
    let deleted = 0;
    const files = { ...call, recursive: true, includeDirs: false, startAfter: undefined };
    for await (const _file of new LocalListing(this.#fs, this.#paths, files, false).list(path, real))
      deleted++;
    call.signal?.throwIfAborted();
    // The root itself stays: it belongs to whoever chose it.
    const victims =
      path === '' ? (await this.#fs.readdir(real)).map((child) => join(real, child.name)) : [real];
    for (const victim of victims) await this.#fs.removeTree(victim);
    return { deleted };
  }

  async *listUnfinished(path: string, { recursive }: DriverUnfinished): AsyncIterable<UnfinishedWrite> {
    const real = await this.#paths.resolve(path);
    for await (const { write } of unfinishedWrites(this.#fs, { path, real }, recursive)) yield write;
  }

  async deleteUnfinished(path: string, { recursive }: DriverUnfinished) {
    return deleteUnfinished(this.#fs, { path, real: await this.#paths.resolve(path) }, recursive);
  }

  async ensureDir(path: string, _call: DriverCall): Promise<void> {
    await makeDirectory(this.#fs, await this.#paths.resolve(path));
  }

  /** Opens what a path leads to. What is there meanwhile instead of it, perhaps by a link, is closed untouched. */
  async #open(path: string, flags: 'r' | 'a'): Promise<NodeFileHandle> {
    for (let left = maxChanges; ; left--) {
      const real = await this.#paths.resolve(path);
      const handle = await this.#fs.open(real, flags);
      try {
        if (await this.#paths.isStill(real, handle)) return handle;
      } catch (error) {
        await closeHandle(handle);
        throw error;
      }
      await closeHandle(handle);
      if (left === 0) throw new DriverFailure('Unavailable', linkInTheWay);
    }
  }

  /** Once for each directory. What cannot be removed stays: a write must not fail because of the litter beside it. */
  async #tidyBeside(target: string): Promise<void> {
    const real = dirname(target);
    if (this.#tidied.has(real)) return;
    this.#tidied.add(real);
    await deleteUnfinished(this.#fs, { path: '', real }, false).catch(() => undefined);
  }

  async #isStillThere(path: string, { dev, ino }: BigIntStats): Promise<boolean> {
    try {
      const entry = await this.#fs.lstat(path);
      return entry.dev === dev && entry.ino === ino;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async #copyFile(from: string, to: string, target: string, conditions: DriverCopy): Promise<FileInfo> {
    await checkTarget(this.#fs, to, conditions);
    await this.#tidyBeside(to);
    await makeDirectory(this.#fs, dirname(to));
    const temp = tempBeside(to);
    try {
      await existing(() => this.#fs.copyFile(from, temp));
      const handle = await this.#fs.open(temp, 'a');
      try {
        if (!(await this.#paths.isStill(temp, handle))) throw new DriverFailure('InvalidPath', linkInTheWay);
        await handle.sync();
      } finally {
        await closeHandle(handle);
      }
      conditions.signal?.throwIfAborted();
      return fileInfo(target, await commitFile(this.#fs, temp, to, conditions));
    } catch (error) {
      await removeFile(this.#fs, temp);
      throw error;
    }
  }
}

/** For calls that need something to exist: a path that runs through a file does not exist either. */
async function existing<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new DriverFailure('NotFound', undefined, error);
    throw error;
  }
}
