/** Lists no more of a tree than a pattern can match: a project holds folders that nobody wants to read for it. */
import { compileGlob, type FileInfo, type FileSystem, joinPath, parentPath } from '@flowerpower/fs';

interface Matching {
  /** Of the folders that were looked at also the files that do not match, in the order of their paths. */
  readonly infos: AsyncIterable<FileInfo>;
  /** Whether all files of a folder were among them; known at the end. */
  saw(folder: string): boolean;
}

/** @param pattern - below the base. */
export function listMatching(
  fs: FileSystem,
  { base, pattern }: { readonly base: string; readonly pattern: string },
  signal: AbortSignal | undefined,
): Matching {
  const flat = new Set<string>();
  const deep = new Set<string>();
  async function* walk(folder: string, segments: readonly string[]): AsyncGenerator<FileInfo, void> {
    const [segment = '', ...rest] = segments;
    if (!isOneName(segment)) {
      deep.add(folder);
      yield* fs.list(folder, { recursive: true, includeDirs: false, signal });
      return;
    }
    // What stands beside it is not asked for: there may be links that lead out.
    if (rest.length > 0 && !meaning.test(segment)) {
      yield* walk(joinPath(folder, segment), rest);
      return;
    }
    flat.add(folder);
    const matches = await compileGlob(segment);
    for await (const info of fs.list(folder, { signal })) {
      const mayBeFolder = info.type === 'directory' || info.size === undefined;
      if (info.type === 'file') yield info;
      if (rest.length > 0 && mayBeFolder && matches(info.path.slice(info.path.lastIndexOf('/') + 1)))
        yield* walk(info.path, rest);
    }
  }
  return {
    infos: walk(base, pattern.split('/')),
    saw(folder) {
      if (flat.has(folder)) return true;
      for (let above = folder; ; above = parentPath(above)) {
        if (deep.has(above)) return true;
        if (above === '') return false;
      }
    },
  };
}

const meaning = /[*?[\]{}()!+@\\]/;

/** False for what crosses folders: two stars, and what opens a bracket in one segment and closes it in another. */
function isOneName(segment: string): boolean {
  const count = (character: string) => segment.split(character).length;
  return (
    !segment.includes('**') &&
    count('{') === count('}') &&
    count('(') === count(')') &&
    count('[') === count(']')
  );
}
