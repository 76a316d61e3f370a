import { FlowerPowerError } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';

export interface NewFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes several files or none: when one exists already, or one write fails, those written before are removed.
 *
 * @param overwrite - replace files that exist. A failure then leaves the replaced ones as they are.
 * @throws FlowerPowerError `FP_FILE_EXISTS` naming every file that is in the way.
 */
export async function writeNewFiles(
  fs: FileSystem,
  files: readonly NewFile[],
  overwrite: boolean,
): Promise<void> {
  const existing: string[] = [];
  for (const { path } of files) {
    if (await fs.exists(path)) existing.push(path);
  }
  if (existing.length > 0 && !overwrite) throw filesExist(fs, existing);

  const written: string[] = [];
  try {
    for (const { path, content } of files) {
      await fs.write(path, content, overwrite ? {} : { ifNotExists: true });
      if (!existing.includes(path)) written.push(path);
    }
  } catch (error) {
    for (const path of written) await fs.delete(path);
    throw error;
  }
}

function filesExist(fs: FileSystem, paths: readonly string[]): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_FILE_EXISTS';
  return new FlowerPowerError({
    code,
    message: `Already there, nothing was changed: ${paths.join(', ')}.`,
    hint: 'Choose another name, or allow replacing them with overwrite (--overwrite).',
    places: paths.map((path) => ({ file: fs.uri(path) })),
  });
}
