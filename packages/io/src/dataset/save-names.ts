/** The names of what a save into a folder writes besides data, and who wrote it. */
import { joinPath, tempName, writerOf } from '@flowerpower/fs';

/** Lists what the folder holds. Replacing it makes a save visible. */
export const manifestName = '_manifest.json';

/** Of a save: machine, process, start of the process, and a random text. */
export type SaveId = string;

const idPattern = /[0-9a-f]{8}\.\d+\.\d+\.[0-9a-f]{12}/.source;
const partPattern = new RegExp(`^part-\\d{5,}-(${idPattern})\\..+$`);
const notePattern = new RegExp(`^_saving-(${idPattern})\\.json$`);

/** In the form of the names of unfinished files, so that who wrote it can be asked in the same way. */
export function newSaveId(): SaveId {
  return tempName('save').slice('.save.'.length, -'.tmp'.length);
}

/** Whether the process of a save still runs; after a week without a sign of it nobody waits for it. */
export function writerOfSave(id: SaveId, mtimeMs: number): 'alive' | 'dead' | 'unknown' {
  return writerOf(`.save.${id}.tmp`, mtimeMs) ?? 'unknown';
}

export function partName(number: number, id: SaveId, extension: string): string {
  return `part-${String(number).padStart(5, '0')}-${id}${extension}`;
}

/** The save that a part belongs to; undefined for the path of any other file. */
export function saveOfPart(path: string): SaveId | undefined {
  return partPattern.exec(path.slice(path.lastIndexOf('/') + 1))?.[1];
}

/** Says that a save is under way, from before its first part until after its last deed. */
export function noteName(id: SaveId): string {
  return `_saving-${id}.json`;
}

export function saveOfNote(name: string): SaveId | undefined {
  return notePattern.exec(name)?.[1];
}

/** Whoever has it may replace the manifest of that revision. The number grows when the one who had it died. */
export function lockPath(folder: string, revision: number, number: number): string {
  return joinPath(folder, `_manifest-${revision}-${number}.lock`);
}

export function revisionOfLock(name: string): number | undefined {
  const [, revision] = /^_manifest-(\d+)-\d+\.lock$/.exec(name) ?? [];
  return revision === undefined ? undefined : Number(revision);
}
