import type { Place, Problem } from '@flowerpower/core';
import type { RuntimeProblem } from '../errors/catalogue.js';
import type { FileSystems } from './file-systems.js';

/** A path or URI as written, and what to say about it when it cannot be used. */
export interface NamedPath {
  /** Where it is written: `io.load.sales`, `run.cache.dir`, or the name of a node. */
  readonly at: string;
  readonly path: string;
  /** What it names. Default `file`. */
  readonly as?: 'file' | 'folder' | undefined;
  readonly place: Place | undefined;
  /** Whether a saver writes it. Two that write one file in one run are a mistake, and what is protected is refused. */
  readonly writes?: boolean | undefined;
}

/** What is wrong with paths, as far as can be told without making a filesystem: each with its place. */
export function pathProblems(
  paths: readonly NamedPath[],
  fileSystems: Pick<FileSystems, 'check' | 'keyOf'>,
): Problem[] {
  const problems = paths.flatMap(({ at, path, as, place, writes }) =>
    fileSystems.check(path, as, writes === true ? 'write' : 'read').map((problem) => ({
      ...problem,
      message: `${at}: ${problem.message}`,
      places: place === undefined ? problem.places : [place],
    })),
  );
  return problems.length > 0 ? problems : writtenTwice(paths, fileSystems);
}

/** The later writer would win, whatever its spelling of the path. */
function writtenTwice(paths: readonly NamedPath[], { keyOf }: Pick<FileSystems, 'keyOf'>): RuntimeProblem[] {
  const byFile = new Map<string, NamedPath[]>();
  for (const each of paths.filter(({ writes }) => writes === true)) {
    const key = keyOf(each.path);
    byFile.set(key, [...(byFile.get(key) ?? []), each]);
  }
  return [...byFile.values()]
    .filter((writers) => writers.length > 1)
    .map((writers) => ({
      code: 'FP_SAVED_TWICE',
      message: `${writers.map(({ at }) => at).join(' and ')} write the same file: ${[...new Set(writers.map(({ path }) => path))].join(', ')}.`,
      hint: 'Give each saver a path of its own.',
      places: writers.flatMap(({ place }) => place ?? []),
    }));
}
