/** From a normal path to an absolute one that lies inside the root, also after symbolic links. */
import { join, resolve, sep } from 'node:path';
import { isAbsent, realPathOf } from '../boundary/real-path.js';
import { DriverFailure } from '../contract/file-system-driver.js';
import { windowsNameFault } from '../paths/windows-names.js';
import type { NodeFileHandle, NodeFs } from './node-fs-port.js';
import { isTempName } from './temp-name.js';

/** Why an open file is given up when `isStill` says no. */
export const linkInTheWay = 'what its path leads to changed while it was opened';

export class LocalPaths {
  /** Absolute; may not exist yet. */
  readonly root: string;
  readonly #fs: NodeFs;
  readonly #around: LocalPaths | undefined;
  #realRoot: string | undefined;

  /** @param around - what the root must lie in, after every link. */
  constructor(root: string, fs: NodeFs, around?: LocalPaths) {
    this.root = resolve(root);
    this.#fs = fs;
    this.#around = around;
  }

  /** Where a path points, without looking at the disk. */
  absolute(path: string): string {
    return path === '' ? this.root : join(this.root, ...path.split('/'));
  }

  /**
   * The real location of a path: every link followed, including one at the end. Refuses links that leave the root.
   * Another process may put a link in the way before it is used: whoever opens it asks `isStill` afterwards.
   */
  async resolve(path: string): Promise<string> {
    this.#checkNames(path);
    const absolute = this.absolute(path);
    const real = await this.#realPath(absolute);
    if (!(await this.isInside(real))) {
      throw new DriverFailure(
        'OutsideRoot',
        `a symbolic link on the way leads out of this filesystem, to ${real}`,
      );
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
    const root = (this.#realRoot ??= await this.#findRealRoot());
    return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
  }

  /**
   * True when an open file is what is at `real`, and no link has come into the way since `real` was found. False also
   * when the file was replaced or deleted meanwhile.
   */
  async isStill(real: string, handle: NodeFileHandle): Promise<boolean> {
    // Saves three questions to the disk, half of what reading a small file would cost.
    if ((await handle.location()) === real) return true;
    try {
      if ((await this.#fs.realpath(real)) !== real) return false;
      const [there, opened] = [await this.#fs.lstat(real), await handle.stat()];
      return there.ino === opened.ino && there.dev === opened.dev;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  async #findRealRoot(): Promise<string> {
    const root = await this.#realPath(this.root);
    if (this.#around === undefined || (await this.#around.isInside(root))) return root;
    throw new DriverFailure('OutsideRoot', `a symbolic link leads out of this filesystem, to ${root}`);
  }

  async #realPath(absolute: string): Promise<string> {
    const walk = realPathOf(absolute);
    let step = walk.next();
    while (!step.done) {
      const { ask, path } = step.value;
      step = walk.next(await this.#answer(ask, path));
    }
    return step.value;
  }

  async #answer(ask: 'realpath' | 'readlink', path: string): Promise<string | undefined> {
    try {
      if (ask === 'realpath') return await this.#fs.realpath(path);
      return (await this.#fs.lstat(path)).isSymbolicLink() ? await this.#fs.readlink(path) : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
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
