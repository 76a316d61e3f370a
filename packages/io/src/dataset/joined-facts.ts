import { createHash } from 'node:crypto';
import type { IoColumn, IoMetadata } from '../contract/io.js';

export interface FileFacts {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: number;
  /** Absent where not all of the file was read. */
  readonly sha256?: string | undefined;
  readonly rows?: number | undefined;
}

/** One digest over those of the files, in their order, as `sha256sum` would list them. Undefined where one has none. */
function digestOf(files: readonly FileFacts[]): string | undefined {
  const hash = createHash('sha256');
  for (const { sha256, path } of files) {
    if (sha256 === undefined) return undefined;
    hash.update(`${sha256}  ${path}\n`);
  }
  return hash.digest('hex');
}

/** The facts about many files as about one. */
export function joinedFacts(
  files: readonly FileFacts[],
  about: { readonly uri: string; readonly format: string; readonly columns: readonly IoColumn[] | undefined },
): IoMetadata {
  const { uri, format, columns } = about;
  const digest = digestOf(files);
  const counted = files.every(({ rows }) => rows !== undefined);
  return {
    uri,
    format,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(digest !== undefined && { sha256: digest }),
    files: files.length,
    ...(counted && { rows: files.reduce((sum, { rows }) => sum + rows!, 0) }),
    ...(columns !== undefined && { columns }),
  };
}
