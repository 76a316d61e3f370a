import type { Place, Problem } from '@flowerpower/core';
import type { FileSystems } from './file-systems.js';

/** A path or URI as written, and what to say about it when it cannot be used. */
export interface NamedPath {
  /** Where it is written: `io.load.sales`, `run.cache.dir`, or the name of a node. */
  readonly at: string;
  readonly path: string;
  /** What it names. Default `file`. */
  readonly as?: 'file' | 'folder' | undefined;
  readonly place: Place | undefined;
}

/** What is wrong with paths, as far as can be told without making a filesystem: each with its place. */
export function pathProblems(paths: readonly NamedPath[], { check }: Pick<FileSystems, 'check'>): Problem[] {
  return paths.flatMap(({ at, path, as, place }) =>
    check(path, as).map((problem) => ({
      ...problem,
      message: `${at}: ${problem.message}`,
      places: place === undefined ? problem.places : [place],
    })),
  );
}
