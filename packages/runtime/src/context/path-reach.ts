/** What a named path reaches: one file, everything in a folder, or what a pattern may match. */
import type { FileRef, FileSystems } from './file-systems.js';

/** The characters that make a pattern of a path to load from. */
const wildcard = /[*?[{]/;

export interface Reach {
  /** As `keyOf` gives it, without a slash at its end; of a pattern, that of the folder which it names literally. */
  readonly key: string;
  readonly kind: 'file' | 'folder' | 'pattern';
  /** Of a pattern: whether it may match what is below that folder. */
  mayMatch(below: string): boolean;
}

/** @param writes - a path to save to is no pattern, whatever it holds. */
export function reachOf(file: FileRef, writes: boolean, { keyOf }: Pick<FileSystems, 'keyOf'>): Reach {
  const at = writes ? -1 : file.path.search(wildcard);
  if (at === -1) {
    const kind = /[/\\]$/.test(file.path) ? 'folder' : 'file';
    return { key: withoutSlash(keyOf(file)), kind, mayMatch: () => kind === 'folder' };
  }
  const slash = Math.max(file.path.lastIndexOf('/', at), file.path.lastIndexOf('\\', at)) + 1;
  const key = withoutSlash(keyOf({ ...file, path: file.path.slice(0, slash) || './' }));
  const matcher = roughly(file.path.slice(slash).replaceAll('\\', '/'));
  return { key, kind: 'pattern', mayMatch: (below) => matcher.test(below) };
}

/** Whether there may be a file that both reach. */
export function meet(a: Reach, b: Reach): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.key === b.key;
  if (a.kind === 'file') return holds(b, a);
  if (b.kind === 'file') return holds(a, b);
  return a.key === b.key || isBelow(a.key, b.key) || isBelow(b.key, a.key);
}

function holds(many: Reach, { key }: Reach): boolean {
  return isBelow(key, many.key) && many.mayMatch(readable(key.slice(many.key.length + 1), key));
}

function isBelow(key: string, folder: string): boolean {
  return key.startsWith(`${folder}/`);
}

/** Keys of files of this machine are URLs. */
function readable(below: string, key: string): string {
  return key.startsWith('file:') ? decodeURIComponent(below) : below;
}

function withoutSlash(key: string): string {
  return key.replace(/\/$/, '');
}

/** Matches all that the pattern does, and perhaps more: what is refused for it needs a path of its own, and no more. */
function roughly(pattern: string): RegExp {
  const parts = pattern.replace(/\/$/, '/**').split(/(\*\*\/?|\*|\?|\[[^\]]*\]|\{.*\}|[!+@]?\(.*\))/);
  const source = parts.map((part, index) => (index % 2 === 0 ? literal(part) : wild(part)));
  return new RegExp(`^${source.join('')}$`, 's');
}

function wild(part: string): string {
  if (part === '*') return '[^/]*';
  return part === '?' || part.startsWith('[') ? '[^/]' : '.*';
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
