/** One save into a folder: from looking at what is there, over its parts, to the manifest that makes them visible. */
import { boundedList, messageOf } from '@flowerpower/core';
import { joinPath } from '@flowerpower/fs';
import type { IoColumn } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { commitManifest, type Committed, isLostAnswer } from './commit-manifest.js';
import { noteText, removeDeadSaves } from './dead-saves.js';
import type { SaveMode } from './folder-options.js';
import { isPrivatePath } from './many-path.js';
import {
  type FolderPlace,
  type Manifest,
  type ManifestFile,
  readManifest,
  type StoredManifest,
} from './manifest.js';
import { mergedManifest } from './merged-manifest.js';
import { privateFiles } from './private-files.js';
import { newSaveId, noteName, partName, type SaveId, saveOfNote, saveOfPart } from './save-names.js';
import type { PartPlace, WrittenPart } from './part-writer.js';

/** How often an append is merged with what others appended meanwhile. */
const maxMerges = 100;

/** So many parts are asked for one by one; of more the folder is listed. */
const maxAsked = 16;

/** As many files of others as an error names. */
const maxForeign = 5;

export interface FolderSaveSettings {
  readonly place: FolderPlace;
  readonly mode: SaveMode;
  /** Of the saver. */
  readonly type: string;
  /** What a loader must know to read the parts. */
  readonly dialect?: Readonly<Record<string, string>> | undefined;
  /** Of the names of the parts: `.csv`. */
  readonly extension: string;
}

export interface FolderSave {
  /** Where the next part goes. */
  next(folder: string): PartPlace;
  /** Must be told of every part that is complete, so that it can be removed. */
  closed(part: WrittenPart): void;
  /** Makes the parts visible together. @throws (rejects) `FP_IO_CONFLICT`, `FP_IO_FOLDER`, `FP_IO_CLEANUP` */
  commit(columns: SavedColumns): Promise<Manifest>;
  /** Removes what was written. */
  discard(error: unknown): Promise<void>;
}

interface SavedColumns {
  readonly by: readonly IoColumn[];
  /** Of the files; undefined where every row may have its own. */
  readonly columns: readonly IoColumn[] | undefined;
}

/** @throws (rejects) `FP_IO_EXISTS`, `FP_IO_FOREIGN_FILES`, `FP_IO_FOLDER`; nothing is written then. */
export async function beginSave(settings: FolderSaveSettings): Promise<FolderSave> {
  const { place, mode } = settings;
  const { fs, folder, signal } = place;
  const before = await readManifest(place);
  if (before !== undefined && mode === 'error') throw exists(place);
  // Before anything is removed: files that lost their manifest are read as any others are.
  if (before === undefined) await refuseForeignFiles(settings);
  await removeDeadSaves(place);
  const id = newSaveId();
  const replaced = mode === 'overwrite' ? savesIn(before?.manifest) : [];
  await fs.write(joinPath(folder, noteName(id)), noteText(replaced), { ifNotExists: true, signal });
  return new OpenSave(settings, before, id);
}

class OpenSave implements FolderSave {
  readonly #settings: FolderSaveSettings;
  readonly #id: SaveId;
  readonly #parts: WrittenPart[] = [];
  #before: StoredManifest | undefined;
  #number = 0;
  /** Whether the manifest lists the parts, or may do so: where the answer was lost, that cannot be told. */
  #mayBeVisible = false;

  constructor(settings: FolderSaveSettings, before: StoredManifest | undefined, id: SaveId) {
    this.#settings = settings;
    this.#before = before;
    this.#id = id;
  }

  next(folder: string): PartPlace {
    const { place, extension } = this.#settings;
    const below = joinPath(folder, partName(this.#number++, this.#id, extension));
    return { below, shown: place.shown + below, path: joinPath(place.folder, below) };
  }

  closed(part: WrittenPart): void {
    this.#parts.push(part);
  }

  async commit(columns: SavedColumns): Promise<Manifest> {
    const { place, mode, type, dialect } = this.#settings;
    const files = this.#parts.map(({ below, facts }): ManifestFile => {
      const { bytes, sha256, rows } = facts;
      return {
        path: below,
        bytes,
        ...(sha256 !== undefined && { sha256 }),
        ...(rows !== undefined && { rows }),
      };
    });
    await this.#checkParts();
    for (let left = maxMerges; left > 0; left--) {
      const former = this.#before?.manifest;
      const base = mode === 'append' ? former : undefined;
      const fresh = {
        type,
        ...(dialect && { dialect }),
        files,
        by: [...columns.by],
        ...(columns.columns && { columns: [...columns.columns] }),
      };
      const merged = base === undefined ? fresh : mergedManifest(base, fresh, place.shown);
      const after: Manifest = {
        format: 'flowerpower-folder-1',
        revision: (former?.revision ?? 0) + 1,
        ...merged,
      };
      const committed = await this.#replace(after);
      if (committed !== undefined) {
        this.#mayBeVisible = true;
        await this.#tidy(mode === 'append' ? undefined : former, committed.locks);
        return after;
      }
      if (mode !== 'append') break;
      this.#before = await readManifest(place);
    }
    if (mode === 'error') throw exists(place);
    throw ioError({
      code: 'FP_IO_CONFLICT',
      message: `Another save into '${place.shown}' finished first; what it saved is there, and this one is not.`,
      hint: "Save again to replace it, or use mode: 'append', which keeps what both have saved.",
    });
  }

  /** A manifest that lists what is gone would make the whole folder unreadable. */
  async #checkParts(): Promise<void> {
    const { place } = this.#settings;
    const { fs, folder, shown, signal } = place;
    const there = new Set<string>();
    if (this.#parts.length > maxAsked) {
      for await (const { path } of fs.list(folder, { recursive: true, signal })) there.add(path);
    } else {
      for (const { path } of this.#parts) if (await fs.exists(path, { signal })) there.add(path);
    }
    const gone = this.#parts.filter(({ path }) => !there.has(path)).map((part) => part.shown);
    if (gone.length === 0) return;
    throw ioError({
      code: 'FP_IO_CONFLICT',
      message: `Files of a save into '${shown}' were removed before it ended: ${boundedList(gone)}. Nothing of it is visible.`,
      hint: 'Save again, and let nothing clear up the folder meanwhile.',
    });
  }

  /** After an answer that was lost the manifest itself tells. */
  async #replace(after: Manifest): Promise<Committed | undefined> {
    const { place } = this.#settings;
    try {
      return await commitManifest(place, this.#before, after, this.#id);
    } catch (error) {
      if (!isLostAnswer(error)) throw error;
      this.#mayBeVisible = true;
      const now = await readManifest({ ...place, signal: undefined }).catch(() => undefined);
      const [mine] = this.#parts;
      const isMine =
        now !== undefined &&
        (mine === undefined
          ? now.manifest.revision === after.revision && now.manifest.files.length === after.files.length
          : now.manifest.files.some(({ path }) => path === mine.below));
      if (!isMine) throw error;
      return { locks: [] };
    }
  }

  async #tidy(former: Manifest | undefined, locks: readonly string[]): Promise<void> {
    const { place } = this.#settings;
    // Only what a save has written: a manifest is a file that anyone may have changed.
    const old = (former?.files ?? []).filter(({ path }) => saveOfPart(path) !== undefined);
    try {
      await this.#delete(locks);
      await this.#delete(old.map(({ path }) => joinPath(place.folder, path)));
      await place.fs.delete(joinPath(place.folder, noteName(this.#id)));
    } catch (cause) {
      throw ioError({
        code: 'FP_IO_CLEANUP',
        message: `'${place.shown}' is saved, but removing what it replaces failed: ${messageOf(cause)}`,
        hint: 'Nobody reads the old files; the next save removes them once this process has ended.',
        cause,
      });
    }
  }

  async discard(error: unknown): Promise<void> {
    // A write without an answer may still come through. The parts stay until this process is gone and a save finds out.
    if (this.#mayBeVisible) return;
    const { place } = this.#settings;
    try {
      await this.#delete(this.#parts.map(({ path }) => path));
      await place.fs.delete(joinPath(place.folder, noteName(this.#id)));
    } catch (cause) {
      throw ioError({
        code: 'FP_IO_CLEANUP',
        message: `Saving into '${place.shown}' failed, and so did removing its unfinished files. What was there is as it was.`,
        hint: 'Nobody reads those files; the next save removes them once this process has ended.',
        cause: new AggregateError([error, cause], messageOf(error)),
      });
    }
  }

  /** Without the signal: an aborted save must not leave its files. */
  async #delete(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#settings.place.fs.delete(path);
  }
}

function savesIn(manifest: Manifest | undefined): SaveId[] {
  return [...new Set((manifest?.files ?? []).flatMap(({ path }) => saveOfPart(path) ?? []))];
}

/** Without a manifest there is nothing that a save may replace or add to. */
async function refuseForeignFiles({ place, mode }: FolderSaveSettings): Promise<void> {
  const { fs, folder, shown, signal } = place;
  const saving = new Set((await privateFiles(place)).flatMap(({ name }) => saveOfNote(name) ?? []));
  const foreign: string[] = [];
  for await (const { path } of fs.list(folder, { recursive: true, signal })) {
    const below = folder === '' ? path : path.slice(folder.length + 1);
    const save = saveOfPart(path);
    if (isPrivatePath(below) || (save !== undefined && saving.has(save))) continue;
    if (mode === 'error') throw exists(place);
    foreign.push(`${shown}${below}`);
    if (foreign.length === maxForeign) break;
  }
  if (foreign.length === 0) return;
  throw ioError({
    code: 'FP_IO_FOREIGN_FILES',
    message: `'${shown}' holds files that were not saved by this kind of saver: ${boundedList(foreign)}.`,
    hint: 'Save into a folder of its own, or move the files away. Nothing of them was touched.',
  });
}

function exists({ shown }: FolderPlace) {
  return ioError({
    code: 'FP_IO_EXISTS',
    message: `'${shown}' exists already, and mode is 'error'.`,
    hint: "Save elsewhere, remove it first, or use mode: 'overwrite' or 'append'.",
  });
}
