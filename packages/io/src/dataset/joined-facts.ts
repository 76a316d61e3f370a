import { createHash } from 'node:crypto';
import type { IoColumn, IoMetadata } from '../contract/io.js';

export interface FileFacts {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows?: number | undefined;
}

/** One digest over those of the files, in their order, as `sha256sum` would list them. */
function digestOf(files: readonly FileFacts[]): string {
  const hash = createHash('sha256');
  for (const { sha256, path } of files) hash.update(`${sha256}  ${path}\n`);
  return hash.digest('hex');
}

/** The facts about many files as about one. */
export function joinedFacts(
  files: readonly FileFacts[],
  about: { readonly uri: string; readonly format: string; readonly columns: readonly IoColumn[] | undefined },
): IoMetadata {
  const { uri, format, columns } = about;
  const counted = files.every(({ rows }) => rows !== undefined);
  return {
    uri,
    format,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: digestOf(files),
    files: files.length,
    ...(counted && { rows: files.reduce((sum, { rows }) => sum + rows!, 0) }),
    ...(columns !== undefined && { columns }),
  };
}
