/** `_manifest.json`: what a folder holds that was saved as one. */
import { messageOf } from '@flowerpower/core';
import { type FileSystem, isFileSystemError, joinPath } from '@flowerpower/fs';
import * as v from 'valibot';
import { ioError } from '../errors/io-error.js';
import { manifestName } from './save-names.js';

const column = v.object({ name: v.string(), type: v.string() });
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const manifestSchema = v.object({
  format: v.literal('flowerpower-folder-1'),
  /** Counts the saves, from 1. */
  revision: v.pipe(count, v.minValue(1)),
  /** Of the files: the `type` of their saver. */
  type: v.string(),
  /** The options of the saver that a loader must know; absent where there are none. */
  dialect: v.optional(v.record(v.string(), v.string())),
  /** The columns in the names of folders, in their order. */
  by: v.array(column),
  /** The columns in the files; absent where every row may have its own. */
  columns: v.optional(v.array(column)),
  files: v.array(
    v.object({
      /** Relative to the folder. */
      path: v.pipe(v.string(), v.minLength(1)),
      bytes: count,
      /** Absent where the saver does not tell. */
      sha256: v.optional(v.string()),
      rows: v.optional(count),
    }),
  ),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

export interface StoredManifest {
  readonly manifest: Manifest;
  readonly version: string | undefined;
}

/** How often it may be replaced while it is read. */
const maxChanges = 20;

export interface FolderPlace {
  readonly fs: FileSystem;
  readonly folder: string;
  /** As the user wrote it. */
  readonly shown: string;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined where the folder has none. @throws (rejects) `FP_IO_FOLDER` for one that cannot be understood. */
export async function readManifest(place: FolderPlace): Promise<StoredManifest | undefined> {
  const { fs, folder, signal } = place;
  const path = joinPath(folder, manifestName);
  for (let left = maxChanges; ; left--) {
    try {
      const { version } = await fs.stat(path, { signal });
      const text = await fs.readText(path, { signal, ifMatch: version });
      return { manifest: understood(text, place), version };
    } catch (error) {
      if (isFileSystemError(error, 'NotFound') || isFileSystemError(error, 'NotDirectory')) return undefined;
      if (!isFileSystemError(error, 'PreconditionFailed') || left === 0) throw error;
    }
  }
}

function understood(text: string, { shown }: FolderPlace): Manifest {
  const file = `${shown}${manifestName}`;
  const fail = (why: string, cause?: unknown) =>
    ioError({
      code: 'FP_IO_FOLDER',
      message: `'${file}' is not the manifest of a folder that was saved as one: ${why}.`,
      hint: 'Save the folder anew into another one. Without the file, all files of the folder are read.',
      places: [{ file }],
      cause,
    });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw fail(messageOf(cause), cause);
  }
  const result = v.safeParse(manifestSchema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw fail([v.getDotPath(issue), issue.message].filter(Boolean).join(': '));
}

export function manifestText(manifest: Manifest): string {
  const { files, ...head } = manifest;
  // One line for each file, for who looks at it or compares two.
  const lines = files.map((file) => `    ${JSON.stringify(file)}`).join(',\n');
  const opening = JSON.stringify(head, null, 2).slice(0, -2);
  return `${opening},\n  "files": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}
