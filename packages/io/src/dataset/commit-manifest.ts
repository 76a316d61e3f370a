/** Replaces the manifest of a folder in one step, against all other writers. */
import { isFileSystemError, joinPath } from '@flowerpower/fs';
import {
  type FolderPlace,
  type Manifest,
  manifestText,
  readManifest,
  type StoredManifest,
} from './manifest.js';
import { lockPath, manifestName, type SaveId, writerOfSave } from './save-names.js';

/** How long to wait for another writer who is replacing the manifest at this moment. */
const waits = 200;
const waitMs = 25;

export interface Committed {
  /** What is left to be removed: our lock, and those of dead owners. */
  readonly locks: readonly string[];
}

/**
 * Undefined where another save was faster, and nothing is changed.
 *
 * When it throws, the manifest is the old one, unless the error is that the answer was lost: see `isLostAnswer`.
 */
export async function commitManifest(
  place: FolderPlace,
  before: StoredManifest | undefined,
  after: Manifest,
  id: SaveId,
): Promise<Committed | undefined> {
  const { fs, signal } = place;
  if (before === undefined || fs.capabilities.casWrite !== 'process') {
    signal?.throwIfAborted();
    const condition = before === undefined ? ({ ifNotExists: true } as const) : { ifMatch: before.version };
    return (await written(place, after, condition)) ? { locks: [] } : undefined;
  }
  // There `ifMatch` holds in this process only, but `ifNotExists` against everyone: that makes a lock.
  const locks = await takeLock(place, before.manifest.revision, id);
  const lock = locks?.at(-1);
  if (locks === undefined || lock === undefined) return undefined;
  try {
    const now = await readManifest(place);
    const isStill = now?.manifest.revision === before.manifest.revision;
    if (isStill && (await written(place, after, { ifMatch: now.version }))) return { locks };
  } catch (error) {
    // Whether it is still needed is known once the answer is.
    if (!isLostAnswer(error)) await fs.delete(lock);
    throw error;
  }
  await fs.delete(lock);
  return undefined;
}

/** Whether the manifest may have been replaced although the call failed. */
export function isLostAnswer(error: unknown): boolean {
  return ['Unavailable', 'Timeout', 'Throttled', 'Unknown', 'Aborted'].some((reason) =>
    isFileSystemError(error, reason as 'Unknown'),
  );
}

/** Without the signal: a write that is cut off would leave the question whether it came through. */
async function written(
  { fs, folder }: FolderPlace,
  manifest: Manifest,
  condition: { readonly ifNotExists?: true; readonly ifMatch?: string | undefined },
): Promise<boolean> {
  try {
    await fs.write(joinPath(folder, manifestName), manifestText(manifest), condition);
    return true;
  } catch (error) {
    if (isFileSystemError(error, 'PreconditionFailed') || isFileSystemError(error, 'AlreadyExists'))
      return false;
    throw error;
  }
}

/**
 * The lock of a revision belongs to who creates the file. Where its owner has died, it belongs to who creates the next
 * one: a dead owner cannot come back, so nothing needs to be removed, and nobody can remove what is not his.
 *
 * @returns the locks of the revision up to the own one, which is the last.
 */
async function takeLock(
  { fs, folder, signal }: FolderPlace,
  revision: number,
  id: SaveId,
): Promise<readonly string[] | undefined> {
  const passed: string[] = [];
  for (let left = waits; left > 0; left--) {
    const path = lockPath(folder, revision, passed.length + 1);
    try {
      await fs.write(path, id, { ifNotExists: true, durable: false, signal });
      return [...passed, path];
    } catch (error) {
      if (!isFileSystemError(error, 'AlreadyExists')) throw error;
    }
    if (await isDead({ fs, path, signal })) passed.push(path);
    else await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return undefined;
}

async function isDead({ fs, path, signal }: Pick<FolderPlace, 'fs' | 'signal'> & { readonly path: string }) {
  try {
    const { mtime } = await fs.stat(path, { signal });
    const owner = await fs.readText(path, { signal });
    return writerOfSave(owner, mtime?.getTime() ?? Date.now()) === 'dead';
  } catch (error) {
    // Given back in this moment.
    if (isFileSystemError(error, 'NotFound')) return false;
    throw error;
  }
}
