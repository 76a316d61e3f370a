/** From a normal path to an absolute one that lies inside the root, also after symbolic links. */
import { basename, dirname, join, resolve, sep } from 'node:path';
import { DriverFailure } from '../contract/file-system-driver.js';
import { windowsNameFault } from '../paths/windows-names.js';
import { codeOf } from './classify-node-error.js';
import type { NodeFs } from './node-fs-port.js';
import { isTempName } from './temp-name.js';

export class LocalPaths {
  /** Absolute; may not exist yet. */
  readonly root: string;
  readonly #fs: NodeFs;
  #realRoot: string | undefined;

  constructor(root: string, fs: NodeFs) {
    this.root = resolve(root);
    this.#fs = fs;
  }

  /** Where a path points, without looking at the disk. */
  absolute(path: string): string {
    return path === '' ? this.root : join(this.root, ...path.split('/'));
  }

  /**
   * The real location of a path: every link followed, including one at the end. Refuses links that leave the root.
   * Between this check and its use another process could swap a link; no file system call prevents that.
   */
  async resolve(path: string): Promise<string> {
    this.#checkNames(path);
    const absolute = this.absolute(path);
    const real = await this.#realpathOfExisting(absolute);
    if (!(await this.isInside(real))) {
      throw new DriverFailure('InvalidPath', 'a symbolic link on the way leaves the root of the filesystem');
    }
    return real;
  }

  /** Like `resolve`, but a link at the end stays a link: for deleting and moving the entry itself. */
  async resolveEntry(path: string): Promise<string> {
    this.#checkNames(path);
    const slash = path.lastIndexOf('/');
    const parent = await this.resolve(slash === -1 ? '' : path.slice(0, slash));
    return join(parent, path.slice(slash + 1));
  }

  /** True for the real root itself and everything below it. */
  async isInside(real: string): Promise<boolean> {
    this.#realRoot ??= await this.#realpathOfExisting(this.root);
    const root = this.#realRoot;
    return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
  }

  /** The real path of the part that exists, followed by the rest: what does not exist cannot be a link. */
  async #realpathOfExisting(absolute: string): Promise<string> {
    try {
      return await this.#fs.realpath(absolute);
    } catch (error) {
      const code = codeOf(error);
      const parent = dirname(absolute);
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || parent === absolute) throw error;
      return join(await this.#realpathOfExisting(parent), basename(absolute));
    }
  }

  #checkNames(path: string): void {
    if (path === '') return;
    for (const name of path.split('/')) {
      if (isTempName(name)) {
        throw new DriverFailure('InvalidPath', `the name '${name}' is kept for unfinished files`);
      }
      const fault = process.platform === 'win32' ? windowsNameFault(name) : undefined;
      if (fault !== undefined)
        throw new DriverFailure('InvalidPath', `the name '${name}' is refused: ${fault}`);
    }
  }
}
