import { FlowerPowerError, messageOf } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';

/** What is to become of one file. Without a content it is deleted. */
export interface FileChange {
  readonly path: string;
  readonly content?: Uint8Array | undefined;
  /** The file as it is now: it changes only while it is still that one. Undefined where none is there. */
  readonly before: ExistingFile | undefined;
}

export interface ExistingFile {
  readonly content: Uint8Array;
  readonly version: string | undefined;
}

/** The file as it is; undefined where there is none. */
export async function existingFile(fs: FileSystem, path: string): Promise<ExistingFile | undefined> {
  if (!(await fs.exists(path))) return undefined;
  const { version } = await fs.stat(path);
  return { content: await fs.read(path, { ifMatch: version }), version };
}

/**
 * Changes several files or none: when one change fails, those made before are taken back.
 *
 * @throws (rejects) what failed; or FlowerPowerError `FP_FILES_LEFT` with that as its cause, naming the files that could not be
 *   taken back.
 */
export async function changeFiles(fs: FileSystem, changes: readonly FileChange[]): Promise<void> {
  const done: FileChange[] = [];
  try {
    for (const change of changes) {
      await apply(fs, change);
      done.push(change);
    }
  } catch (error) {
    const left: string[] = [];
    for (const change of done.toReversed()) {
      await takeBack(fs, change).catch(() => left.push(fs.uri(change.path)));
    }
    if (left.length === 0) throw error;
    const code: ProjectErrorCode = 'FP_FILES_LEFT';
    throw new FlowerPowerError({
      code,
      message: `${messageOf(error)} What was changed before could not be taken back: ${left.join(', ')}.`,
      hint: 'Look at these files; then try again with overwrite (--overwrite).',
      places: left.map((file) => ({ file })),
      cause: error,
    });
  }
}

async function apply(fs: FileSystem, { path, content, before }: FileChange): Promise<void> {
  if (content === undefined) await fs.delete(path);
  else
    await fs.write(path, content, before === undefined ? { ifNotExists: true } : { ifMatch: before.version });
}

async function takeBack(fs: FileSystem, { path, before }: FileChange): Promise<void> {
  if (before === undefined) await fs.delete(path);
  else await fs.write(path, before.content);
}
