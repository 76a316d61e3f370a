import { FlowerPowerError, messageOf } from '@flowerpower/core';
import { type FileSystem, FileSystemError, isFileSystemError } from '@flowerpower/fs';
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
export async function existingFile(
  fs: FileSystem,
  path: string,
  signal?: AbortSignal,
): Promise<ExistingFile | undefined> {
  if (!(await fs.exists(path, { signal }))) return undefined;
  const { version } = await fs.stat(path, { signal });
  return { content: await fs.read(path, { ifMatch: version, signal }), version };
}

/**
 * Changes several files or none: when one change fails, what was made before is taken back, and so is the failed change itself
 * where only its answer was lost. What somebody else has changed meanwhile is theirs: it stays, and is named.
 *
 * @param signal - ends the changes; taking back goes on.
 *
 * Not guaranteed: that a file which is changed between the look at it and its deletion stays.
 *
 * @throws (rejects) what failed, also FileSystemError `FP_FS_PRECONDITION_FAILED` for a file that is not as it was `before`,
 *   and `FP_FS_ABORTED`; or
 *   FlowerPowerError `FP_FILES_LEFT` with that as its cause, naming the files that were not taken back.
 */
export async function changeFiles(
  fs: FileSystem,
  changes: readonly FileChange[],
  signal?: AbortSignal,
): Promise<void> {
  const tried: Tried[] = [];
  try {
    for (const change of changes) {
      const attempt: Tried = { change, written: undefined };
      tried.push(attempt);
      attempt.written = await apply(fs, change, signal);
    }
  } catch (error) {
    if (isRefusal(error)) tried.pop();
    const left: string[] = [];
    for (const attempt of tried.toReversed()) {
      if (!(await takeBack(fs, attempt).catch(() => false))) left.push(fs.uri(attempt.change.path));
    }
    if (left.length === 0) throw error;
    const code: ProjectErrorCode = 'FP_FILES_LEFT';
    throw new FlowerPowerError({
      code,
      message: `${messageOf(error)} These files were changed, or may have been, and were not taken back: ${left.join(', ')}.`,
      hint: 'Look at these files, which somebody else may have changed too; then try again with overwrite (--overwrite).',
      places: left.map((file) => ({ file })),
      cause: error,
    });
  }
}

interface Tried {
  readonly change: FileChange;
  /** The version of what was written, where an answer told it. */
  written: string | undefined;
}

async function apply(
  fs: FileSystem,
  { path, content, before }: FileChange,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (content !== undefined) {
    const condition = before === undefined ? { ifNotExists: true } : { ifMatch: before.version };
    return (await fs.write(path, content, { ...condition, signal })).version;
  }
  const { version } = await fs.stat(path, { signal });
  if (version !== before?.version) {
    throw new FileSystemError({
      reason: 'PreconditionFailed',
      op: 'delete',
      uri: fs.uri(path),
      backend: fs.scheme,
      message: 'somebody else has changed the file meanwhile',
    });
  }
  await fs.delete(path, { signal });
  return undefined;
}

/** Whether the answer says that nothing was changed. After any other failure the change may be done. */
function isRefusal(error: unknown): boolean {
  return (['PreconditionFailed', 'AlreadyExists', 'NotFound', 'PermissionDenied'] as const).some((reason) =>
    isFileSystemError(error, reason),
  );
}

/** False where the file is neither as it was nor what was written. */
async function takeBack(fs: FileSystem, { change, written }: Tried): Promise<boolean> {
  const { path, content, before } = change;
  const now = await existingFile(fs, path);
  if (isSame(now?.content, before?.content)) return true;
  const isOurs = written === undefined ? isSame(now?.content, content) : now?.version === written;
  if (!isOurs) return false;
  if (before !== undefined) {
    await fs.write(
      path,
      before.content,
      now === undefined ? { ifNotExists: true } : { ifMatch: now.version },
    );
  } else await fs.delete(path);
  return true;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
