import { FlowerPowerError, messageOf } from '@flowerpower/core';
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
 * @throws FlowerPowerError `FP_FILE_EXISTS` naming every file that is in the way; `FP_FILES_LEFT` naming those that could
 *   not be removed again.
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
    throw await withoutWritten(fs, written, error);
  }
}

/** Removes what was written. The error names what could not be removed. */
async function withoutWritten(fs: FileSystem, written: readonly string[], error: unknown): Promise<unknown> {
  const left: string[] = [];
  for (const path of written) {
    try {
      await fs.delete(path);
    } catch {
      left.push(path);
    }
  }
  if (left.length === 0) return error;
  const code: ProjectErrorCode = 'FP_FILES_LEFT';
  return new FlowerPowerError({
    code,
    message: `${messageOf(error)} What was written before could not be removed: ${left.map((path) => fs.uri(path)).join(', ')}.`,
    hint: 'Remove these files, or go on with overwrite (--overwrite).',
    places: left.map((path) => ({ file: fs.uri(path) })),
    cause: error,
  });
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
