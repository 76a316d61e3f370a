/** The file of a lock: made once, and replaced only by who knows what it says. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FileSystem, isFileSystemError, tempName } from '@flowerpower/fs';

export interface LockFile {
  /** False when there is one already. */
  create(text: string): Promise<boolean>;
  /** Another text in the place of `seen`. False when it says something else by now. */
  replace(seen: string, text: string): Promise<boolean>;
  /** Nothing when it is gone, or cannot be read. */
  read(): Promise<string>;
  remove(): Promise<void>;
}

export type LockFiles = (path: string) => LockFile;

/** Undefined where a filesystem cannot make a file only when there is none. */
export function lockFiles(fs: FileSystem): LockFiles | undefined {
  if (fs.scheme === 'file') return (path) => localLockFile(fileURLToPath(fs.uri(path)));
  if (fs.capabilities.casWrite === 'none') return undefined;
  return (path) => remoteLockFile(fs, path);
}

/**
 * On the disk of this machine, by the system itself: a lock is taken for every node that is computed, and what a general
 * write does to be safe takes longer than storing its value. Two who replace one lock at the same moment may both
 * succeed, and both compute.
 */
function localLockFile(path: string): LockFile {
  const read = () => readFileSync(path, 'utf8');
  /** Whole or not at all: a process may be killed at any moment, and others read. */
  const put = (text: string, into: (made: string) => void) => {
    const made = join(dirname(path), tempName('lock'));
    try {
      writeFileSync(made, text);
      into(made);
    } finally {
      rmSync(made, { force: true });
    }
  };
  /** Undefined when there is no directory yet. */
  const create = (text: string): boolean | undefined => {
    try {
      put(text, (made) => linkSync(made, path));
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      if (code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    async create(text) {
      const made = create(text);
      if (made !== undefined) return made;
      mkdirSync(dirname(path), { recursive: true });
      return create(text) ?? false;
    },
    async replace(seen, text) {
      if (read() !== seen) return false;
      put(text, (made) => renameSync(made, path));
      return true;
    },
    async read() {
      try {
        return read();
      } catch {
        return '';
      }
    },
    async remove() {
      rmSync(path, { force: true });
    },
  };
}

function remoteLockFile(fs: FileSystem, path: string): LockFile {
  const versionAndText = async () => {
    const { version } = await fs.stat(path);
    return [version, await fs.readText(path, { ifMatch: version })] as const;
  };
  return {
    async create(text) {
      try {
        await fs.write(path, text, { ifNotExists: true, durable: false });
        return true;
      } catch (error) {
        if (isFileSystemError(error, 'AlreadyExists')) return false;
        throw error;
      }
    },
    async replace(seen, text) {
      try {
        const [version, found] = await versionAndText();
        if (found !== seen) return false;
        await fs.write(path, text, { ifMatch: version, durable: false });
        return true;
      } catch (error) {
        if (isFileSystemError(error, 'PreconditionFailed') || isFileSystemError(error, 'NotFound'))
          return false;
        throw error;
      }
    },
    async read() {
      try {
        return (await versionAndText())[1];
      } catch {
        return '';
      }
    },
    remove: () => fs.delete(path),
  };
}
