/**
 * Finds what belongs to a folder: in it, or in the nearest folder above it. Not by `require.resolve`, which also
 * looks into the folders of NODE_PATH, where package managers put what the project never asked for.
 */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The package.json of a package as the modules of a folder would import it. */
export function findPackage(folder: string, name: string): Promise<string | undefined> {
  return findUpwards(folder, join('node_modules', name, 'package.json'));
}

/** The nearest file of a relative path. */
export async function findUpwards(folder: string, path: string): Promise<string | undefined> {
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, path);
    if (await isFile(file)) return file;
    if (current === dirname(current)) return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
