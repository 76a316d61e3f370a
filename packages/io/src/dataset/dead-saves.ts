/** Removes what saves left behind whose process is gone, and nothing of those that still run. */
import { isFileSystemError, joinPath } from '@flowerpower/fs';
import * as v from 'valibot';
import { type FolderPlace, readManifest } from './manifest.js';
import { privateFiles } from './private-files.js';
import { noteName, revisionOfLock, type SaveId, saveOfNote, saveOfPart, writerOfSave } from './save-names.js';

const noteSchema = v.object({
  /** The saves whose files this one was to replace. */
  replaces: v.array(v.string()),
});

/** What a save notes before it writes its first part. */
export function noteText(replaces: readonly SaveId[]): string {
  return `${JSON.stringify({ replaces })}\n`;
}

/**
 * Nothing is removed that the manifest lists, and of the rest only what a note of a dead save speaks of: its own
 * parts, and those that it was to replace. So files that a user has put there, parts of another folder even, stay.
 */
export async function removeDeadSaves(place: FolderPlace): Promise<void> {
  const { fs, folder, signal } = place;
  const files = await privateFiles(place);
  const dead = files.flatMap(({ name, mtime, path }) => {
    const id = saveOfNote(name);
    return id !== undefined && writerOfSave(id, mtime?.getTime() ?? Date.now()) === 'dead'
      ? [{ id, path }]
      : [];
  });
  // Asked for after they were found dead: whatever they made visible is in it.
  const stored = await readManifest(place);
  const { revision = 0, files: listed = [] } = stored?.manifest ?? {};
  for (const { name, path } of files) {
    if ((revisionOfLock(name) ?? revision) < revision) await fs.delete(path, { signal });
  }
  if (dead.length === 0) return;
  const kept = new Set(listed.map((file) => joinPath(folder, file.path)));
  const saves = new Set<SaveId>();
  for (const { id, path } of dead) {
    saves.add(id);
    // Without a manifest nobody knows whether they were replaced.
    if (stored === undefined) continue;
    for (const replaced of await replacedBy(place, path)) saves.add(replaced);
  }
  const left: string[] = [];
  for await (const { path } of fs.list(folder, { recursive: true, signal })) {
    const save = saveOfPart(path);
    if (save !== undefined && saves.has(save) && !kept.has(path)) left.push(path);
  }
  for (const path of left) await fs.delete(path, { signal });
  await fs.deleteUnfinished(folder, { recursive: true, signal });
  // Last, since without it nobody would know what the others are.
  for (const { id } of dead) await fs.delete(joinPath(folder, noteName(id)), { signal });
}

/** None where the note was not written to its end, or is gone: others clear up too. */
async function replacedBy({ fs, signal }: FolderPlace, path: string): Promise<readonly SaveId[]> {
  try {
    return v.parse(noteSchema, JSON.parse(await fs.readText(path, { signal }))).replaces;
  } catch (error) {
    if (isFileSystemError(error) && error.reason !== 'NotFound') throw error;
    return [];
  }
}
