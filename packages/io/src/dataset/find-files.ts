/** Finds the files that a folder or a pattern means: in order, and of what was saved as one only what its manifest lists. */
import { boundedList, didYouMean } from '@flowerpower/core';
import {
  compileGlob,
  type FileInfo,
  type FileSystem,
  isFileSystemError,
  joinPath,
  parentPath,
} from '@flowerpower/fs';
import type { IoContext } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { listMatching } from './list-matching.js';
import { isPrivatePath, kindOfPath, shownBase, splitPattern } from './many-path.js';
import { type Manifest, type ManifestFile, readManifest } from './manifest.js';
import { type Partition, partitionsOf } from './partition-path.js';
import { privateFiles } from './private-files.js';
import { resolveMany } from './resolve-many.js';
import { manifestName, saveOfNote, saveOfPart } from './save-names.js';

export interface FoundFile {
  /** As the user would write it. */
  readonly shown: string;
  readonly fs: FileSystem;
  readonly path: string;
  /** Below the folder, or below what the pattern names literally. */
  readonly below: string;
  readonly partitions: readonly Partition[];
  /** What the listing told, where it was listed. */
  readonly info: FileInfo | undefined;
  /** What it was saved as, and with what. */
  readonly saved: { readonly file: ManifestFile; readonly manifest: Manifest } | undefined;
}

export interface FoundFiles {
  /** Of the folder, or the pattern. */
  readonly uri: string;
  readonly files: readonly FoundFile[];
  /** Of the folder, where it was saved as one. */
  readonly manifest: Manifest | undefined;
}

/** @throws (rejects) `FP_IO_NO_MATCH`, `FP_IO_FOLDER`, what the filesystem throws. */
export async function findFiles(written: string, type: string, context: IoContext): Promise<FoundFiles> {
  const { fs, path } = resolveMany(written, context);
  const { signal } = context;
  const uri = fs.uri(path);
  const shown = shownBase(written);
  const isFolder = kindOfPath(written) === 'folder';
  const { base, below } = isFolder ? { base: path, below: '**' } : splitPattern(path, /[/\\]$/.test(written));
  const fileAt = (rest: string, info?: FileInfo, saved?: FoundFile['saved']): FoundFile => ({
    shown: shown + rest,
    fs,
    path: joinPath(base, rest),
    below: rest,
    partitions: partitionsOf(rest),
    info,
    saved,
  });
  const own = isFolder ? await readManifest({ fs, folder: base, shown, signal }) : undefined;
  if (own !== undefined) {
    const { manifest } = own;
    checkType(manifest, type, written);
    return {
      uri,
      manifest,
      files: manifest.files.map((file) => fileAt(file.path, undefined, { file, manifest })),
    };
  }
  const listing = await listFiles(fs, base, isFolder ? undefined : below, signal);
  const saves = new SavedFolders({ fs, shown: written, signal }, listing, base);
  const files: FoundFile[] = [];
  for (const [rest, info] of listing.files) {
    const saved = await saves.fileOf(joinPath(base, rest));
    if (saved === 'not saved') continue;
    if (saved !== undefined) checkType(saved.manifest, type, written);
    files.push(fileAt(rest, info, saved));
  }
  if (files.length === 0)
    throw await noMatch(written, { fs, base, shown, isFolder, skipped: listing.skipped }, context);
  return { uri, files, manifest: undefined };
}

interface Listing {
  /** By their path below the base. */
  readonly files: ReadonlyMap<string, FileInfo>;
  /** Folders of the filesystem that hold a manifest, or a note of a save under way. */
  readonly kept: ReadonlySet<string>;
  /** Whether a folder was looked at for this. */
  saw(folder: string): boolean;
  /** How many files are private. */
  readonly skipped: number;
}

/** @param pattern - undefined for everything. */
async function listFiles(
  fs: FileSystem,
  base: string,
  pattern: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Listing> {
  const matches = pattern === undefined ? () => true : await compileGlob(pattern);
  const { infos, saw } = listMatching(fs, { base, pattern: pattern ?? '**' }, signal);
  const files = new Map<string, FileInfo>();
  const kept = new Set<string>();
  let skipped = 0;
  for await (const info of infos) {
    const below = base === '' ? info.path : info.path.slice(base.length + 1);
    const name = below.slice(below.lastIndexOf('/') + 1);
    if (name === manifestName || saveOfNote(name) !== undefined) kept.add(parentPath(info.path));
    else if (isPrivatePath(below)) skipped += matches(below) ? 1 : 0;
    else if (matches(below)) files.set(below, info);
  }
  return { files, kept, saw, skipped };
}

/** The folders around a file that were saved as one, or are being saved, each looked at once. */
class SavedFolders {
  readonly #place: {
    readonly fs: FileSystem;
    readonly shown: string;
    readonly signal: AbortSignal | undefined;
  };
  readonly #listing: Listing;
  readonly #base: string;
  readonly #known = new Map<string, Promise<SavedFolder>>();

  constructor(
    place: { readonly fs: FileSystem; readonly shown: string; readonly signal: AbortSignal | undefined },
    listing: Listing,
    base: string,
  ) {
    this.#place = place;
    this.#listing = listing;
    this.#base = base;
  }

  /**
   * What a manifest says of a file; undefined where none is in charge of it. Of several that one is which is nearest to what
   * is read, so that a pattern finds what its folder holds.
   */
  async fileOf(path: string): Promise<FoundFile['saved'] | 'not saved'> {
    for (const folder of this.#around(path)) {
      const { manifest, files, saving } = await this.#folder(folder);
      if (manifest !== undefined) {
        const file = files.get(path);
        return file === undefined ? 'not saved' : { file, manifest };
      }
      const save = saveOfPart(path);
      if (save !== undefined && saving.has(save)) return 'not saved';
    }
    return undefined;
  }

  /** The folders of a path: from the base down, then from the base up. */
  #around(path: string): string[] {
    const folders: string[] = [];
    let folder = path;
    do {
      folder = parentPath(folder);
      folders.push(folder);
    } while (folder !== '');
    const below = folders.slice(0, folders.indexOf(this.#base) + 1);
    return [...below.reverse(), ...folders.slice(below.length)];
  }

  #folder(folder: string): Promise<SavedFolder> {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const found = this.#look(folder);
    this.#known.set(folder, found);
    return found;
  }

  async #look(folder: string): Promise<SavedFolder> {
    const { fs, shown, signal } = this.#place;
    const isListed = folder === this.#base || folder.startsWith(this.#base === '' ? '' : `${this.#base}/`);
    if (this.#listing.saw(folder) && !this.#listing.kept.has(folder)) return plainFolder;
    let names: readonly string[];
    try {
      names = (await privateFiles({ fs, folder, signal })).map(({ name }) => name);
    } catch (error) {
      // Who may not look above what is read has saved nothing there either.
      if (!isListed && isFileSystemError(error, 'PermissionDenied')) return plainFolder;
      throw error;
    }
    const stored = names.includes(manifestName)
      ? await readManifest({ fs, folder, shown: isListed ? shown : `${folder}/`, signal })
      : undefined;
    return {
      manifest: stored?.manifest,
      files: new Map(stored?.manifest.files.map((file) => [joinPath(folder, file.path), file])),
      saving: new Set(names.flatMap((name) => saveOfNote(name) ?? [])),
    };
  }
}

interface SavedFolder {
  readonly manifest: Manifest | undefined;
  /** By path. */
  readonly files: ReadonlyMap<string, ManifestFile>;
  readonly saving: ReadonlySet<string>;
}

const plainFolder: SavedFolder = { manifest: undefined, files: new Map(), saving: new Set() };

function checkType(manifest: Manifest, type: string, written: string): void {
  if (manifest.type === type) return;
  throw ioError({
    code: 'FP_IO_FOLDER',
    message: `'${written}' was saved as ${manifest.type}, not as ${type}.`,
    hint: `Load it with type: ${manifest.type}.`,
    places: [{ file: written }],
  });
}

interface Looked {
  readonly fs: FileSystem;
  readonly base: string;
  readonly shown: string;
  readonly isFolder: boolean;
  readonly skipped: number;
}

/** As many names as a hint is looked for in. */
const maxNames = 100;

async function noMatch(written: string, looked: Looked, { signal }: IoContext) {
  const { fs, base, shown, isFolder, skipped } = looked;
  const names: string[] = [];
  for await (const { path, type } of fs.list(base, { signal, limit: maxNames })) {
    names.push(`${path.slice(path.lastIndexOf('/') + 1)}${type === 'directory' ? '/' : ''}`);
  }
  const there = shown === '' ? './' : shown;
  const what = isFolder ? `'${written}' has no files` : `No file matches '${written}'`;
  const privately =
    skipped === 0
      ? ''
      : ` Names that begin with _ or . are not read, and there ${skipped === 1 ? 'is 1' : `are ${skipped}`}.`;
  const near = didYouMean(written.slice(shown.length), names);
  const hint =
    names.length === 0
      ? `There is nothing in '${there}'; check the path, names are case-sensitive.`
      : (near ?? `'${there}' has: ${boundedList(names)}.`);
  return ioError({
    code: 'FP_IO_NO_MATCH',
    message: `${what}.${privately}`,
    hint,
    places: [{ file: written }],
    context: { uri: fs.uri(base) },
  });
}
