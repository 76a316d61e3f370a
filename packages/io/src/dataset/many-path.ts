/** What a path names: one file, a folder of files, or the files that a pattern matches. */

/** Other characters with a meaning in a pattern (`( ) ! + @`) are frequent in names, and make none of it alone. */
const wildcard = /[*?[{]/;

export type PathKind = 'file' | 'folder' | 'pattern';

/** By its text alone: a folder ends with `/`, a pattern holds `*`, `?`, `[` or `{`. */
export function kindOfPath(path: string): PathKind {
  if (wildcard.test(path)) return 'pattern';
  return /[/\\]$/.test(path) ? 'folder' : 'file';
}

export interface Pattern {
  /** The longest folder that is named literally; `''` where the first segment is a pattern already. */
  readonly base: string;
  /** Below the base; `**` for a folder. */
  readonly below: string;
}

/** A pattern that ends with `/` matches folders, and means all files below them. */
export function splitPattern(pattern: string, endsWithSlash: boolean): Pattern {
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => wildcard.test(segment));
  const below = segments.slice(first).join('/');
  return { base: segments.slice(0, first).join('/'), below: endsWithSlash ? `${below}/**` : below };
}

/** The text in front of the names that are found, as the user wrote it. */
export function shownBase(path: string): string {
  const at = path.search(wildcard);
  const literal = at === -1 ? path : path.slice(0, at);
  return literal.slice(0, Math.max(literal.lastIndexOf('/'), literal.lastIndexOf('\\')) + 1);
}

/** Names that belong to whoever keeps a folder, and are no data: `_manifest.json`, `_SUCCESS`, `.DS_Store`. */
function isPrivateName(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.');
}

/** True when a segment of a path below a folder is such a name. */
export function isPrivatePath(below: string): boolean {
  return below.split('/').some(isPrivateName);
}
