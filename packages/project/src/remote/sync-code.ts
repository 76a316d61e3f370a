import { FlowerPowerError, messageOf } from '@flowerpower/core';
import { type FileInfo, type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { codeFiles } from './code-files.js';
import type { CodeStore } from './code-store.js';

export interface SyncRequest {
  /** Of the project. */
  readonly fs: FileSystem;
  readonly store: CodeStore;
  /** Tells the project from every other one. */
  readonly project: string;
  /** Under which name the versions are noted of what was fetched; undefined where a version says nothing for long. */
  readonly note: string | undefined;
  /** Further paths that will be imported, relative to the project. */
  readonly named: readonly string[];
  /** Where packages are looked for. */
  readonly packages: readonly string[];
}

/** As often as files are looked for anew that changed between being listed and being read. */
const maxAttempts = 3;

/**
 * The folder of this machine that holds the code of a project as it is now. What has not changed, by its version, is not
 * fetched again.
 *
 * Not guaranteed: that files which are replaced one after the other meanwhile are all of one age. Each is whole.
 *
 * @throws FlowerPowerError `FP_PROJECT_SYNC` with the reason as its cause; FileSystemError of the project's filesystem.
 */
export async function syncCode(request: SyncRequest): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await syncOnce(request);
    } catch (error) {
      const hasChanged =
        isFileSystemError(error, 'NotFound') || isFileSystemError(error, 'PreconditionFailed');
      if (!hasChanged || attempt === maxAttempts) throw error;
    }
  }
}

async function syncOnce({ fs, store, project, note, named, packages }: SyncRequest): Promise<string> {
  const known = versionsIn(note === undefined ? undefined : await store.note(note));
  const versions: Record<string, readonly [string, string]> = {};
  const read = async (info: FileInfo) => {
    const before = info.version === undefined ? undefined : known.get(info.path);
    const isSame = before !== undefined && before[0] === info.version;
    const kept = isSame ? await onDisk(fs, () => store.content(before[1])) : undefined;
    const bytes = kept ?? (await fs.read(info.path, { ifMatch: info.version }));
    const digest = kept === undefined ? await onDisk(fs, () => store.keep(bytes)) : before![1];
    if (info.version !== undefined) versions[info.path] = [info.version, digest];
    return { text: Buffer.from(bytes).toString('utf8'), content: digest };
  };
  const files = await codeFiles(fs, named, read);
  return onDisk(fs, async () => {
    const folder = await store.folder(project, files, packages);
    if (note !== undefined) await store.setNote(note, versions);
    return folder;
  });
}

/** Tells what this machine refuses from what the store of the project does. */
async function onDisk<T>(fs: FileSystem, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code: ProjectErrorCode = 'FP_PROJECT_SYNC';
    throw new FlowerPowerError({
      code,
      message: `The code of ${fs.uri('')} cannot be kept on this machine: ${messageOf(cause)}`,
      hint: 'Name a folder that can be written to in the variable FP_CACHE_DIR.',
      cause,
    });
  }
}

/** Version and digest by path. Somebody may have written anything there. */
function versionsIn(note: unknown): ReadonlyMap<string, readonly [string, string]> {
  if (typeof note !== 'object' || note === null) return new Map();
  return new Map(
    Object.entries(note).filter(
      ([, entry]: [string, unknown]) =>
        Array.isArray(entry) && typeof entry[0] === 'string' && /^[0-9a-f]{64}$/.test(String(entry[1])),
    ) as [string, readonly [string, string]][],
  );
}
