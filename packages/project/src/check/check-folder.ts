/**
 * The folder that the program of a check is written to: in the project, or, where the project cannot be written, a
 * temporary one that sees the same packages.
 */
import { mkdir, mkdtemp, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLocalFileSystem, isFileSystemError } from '@flowerpower/fs';

export interface CheckFolder {
  /** Absolute and real. It need not exist before something is written. */
  readonly directory: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Removes a temporary folder. */
  remove(): Promise<void>;
}

/**
 * Gives what `prepare` gives in the folder of the project, or in a temporary one where that cannot be written.
 *
 * @param root - the real path of the project's folder.
 */
export async function inCheckFolder<T>(
  root: string,
  prepare: (folder: CheckFolder) => Promise<T>,
): Promise<{ readonly folder: CheckFolder; readonly prepared: T }> {
  const own = projectFolder(root);
  try {
    return { folder: own, prepared: await prepare(own) };
  } catch (error) {
    if (!isFileSystemError(error, 'PermissionDenied') && !isFileSystemError(error, 'NoSpace')) throw error;
  }
  const folder = await temporaryFolder(root);
  try {
    return { folder, prepared: await prepare(folder) };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function projectFolder(root: string): CheckFolder {
  return {
    directory: join(root, '.flowerpower', 'check'),
    async write(files) {
      const fs = createLocalFileSystem({ root });
      try {
        if (!(await fs.exists('.flowerpower'))) await fs.write('.flowerpower/.gitignore', '*\n');
        for (const [name, text] of Object.entries(files)) await fs.write(`.flowerpower/check/${name}`, text);
      } finally {
        await fs.close();
      }
    },
    remove: async () => {},
  };
}

/**
 * A folder in which the compiler finds the packages that it finds in the project, for it looks for them in
 * `node_modules` of a folder and of every folder above: those of the project, as links, one folder below the other.
 */
async function temporaryFolder(root: string): Promise<CheckFolder> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'flowerpower-check-')));
  let directory = base;
  for (const ancestor of fromTheTop(root)) {
    const packages = join(ancestor, 'node_modules');
    if (!(await isDirectory(packages))) continue;
    directory = join(directory, 'in');
    await mkdir(directory);
    await symlink(packages, join(directory, 'node_modules'), 'junction');
  }
  return {
    directory,
    async write(files) {
      const fs = createLocalFileSystem({ root: directory });
      try {
        for (const [name, text] of Object.entries(files)) await fs.write(name, text);
      } finally {
        await fs.close();
      }
    },
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

function fromTheTop(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [...fromTheTop(above), folder];
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // One that cannot be looked at is none to the compiler either.
    return false;
  }
}
