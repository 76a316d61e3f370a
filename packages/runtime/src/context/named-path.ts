import type { Place, Problem } from '@flowerpower/core';
import type { RuntimeProblem } from '../errors/catalogue.js';
import type { FileRef, FileSystems } from './file-systems.js';
import { meet, type Reach, reachOf } from './path-reach.js';

/** A path or URI as written, and what to say about it when it cannot be used. */
export interface NamedPath extends FileRef {
  /** Where it is written: `io.load.sales`, `run.cache.dir`, or the name of a node. */
  readonly at: string;
  readonly place: Place | undefined;
  /** The node that opens it. */
  readonly node?: string | undefined;
  /** Whether a saver writes it. Two that write one file in one run are a mistake, and what is protected is refused. */
  readonly writes?: boolean | undefined;
}

/** Why a saver may not write the file of a loader of its run. Undefined where it may. */
export type ReasonAgainst = (saver: NamedPath, loader: NamedPath) => string | undefined;

/**
 * What is wrong with paths, as far as can be told without making a filesystem: each with its place.
 *
 * @param whyNot - asked for a saver and a loader of one file. Without it no such pair is judged.
 */
export function pathProblems(
  paths: readonly NamedPath[],
  fileSystems: Pick<FileSystems, 'check' | 'checkOptions' | 'keyOf'>,
  whyNot?: ReasonAgainst,
): Problem[] {
  const problems = paths.flatMap((named) => {
    const { at, path, place, writes } = named;
    const found = [
      ...fileSystems.check(path, 'file', writes === true ? 'write' : 'read'),
      ...optionProblems(named, fileSystems),
    ];
    return found.map((problem) => ({
      ...problem,
      message: `${at}: ${problem.message}`,
      places: place === undefined ? problem.places : [place],
    }));
  });
  if (problems.length > 0) return problems;
  return [
    ...writtenTwice(paths, fileSystems),
    ...(whyNot === undefined ? [] : writtenWhileRead(paths, fileSystems, whyNot)),
  ];
}

/** What is wrong with the storage options beside a path. */
export function optionProblems(
  file: FileRef,
  { checkOptions }: Pick<FileSystems, 'checkOptions'>,
): Problem[] {
  return checkOptions(file).map((problem) => ({ ...problem, message: `storageOptions: ${problem.message}` }));
}

/** The later writer would win, whatever its spelling of the path. */
function writtenTwice(
  paths: readonly NamedPath[],
  fileSystems: Pick<FileSystems, 'keyOf'>,
): RuntimeProblem[] {
  const byFile = new Map<string, Writer[]>();
  for (const named of paths.filter(({ writes }) => writes === true)) {
    const reach = reachOf(named, true, fileSystems);
    byFile.set(reach.key, [...(byFile.get(reach.key) ?? []), { named, reach }]);
  }
  const same = [...byFile.values()].filter((writers) => writers.length > 1);
  const firsts = [...byFile.values()].map(([first]) => first!);
  const inFolders = firsts
    .filter(({ reach }) => reach.kind === 'folder')
    .flatMap((folder) =>
      firsts
        .filter((other) => other !== folder && other.reach.key.startsWith(`${folder.reach.key}/`))
        .map((other) => [folder, other]),
    );
  return [...same, ...inFolders].map((writers): RuntimeProblem => {
    const names = writers.map(({ named }) => named);
    const isFile = writers.every(({ reach }) => reach.kind === 'file');
    return {
      code: 'FP_SAVED_TWICE',
      message: `${names.map(({ at }) => at).join(' and ')} write ${isFile ? 'the same file' : 'into one folder'}: ${[...new Set(names.map(({ path }) => path))].join(', ')}.`,
      hint: isFile
        ? 'Give each saver a path of its own.'
        : 'Give each saver a path of its own: nothing else lies in a folder that is saved as one.',
      places: names.flatMap(({ place }) => place ?? []),
    };
  });
}

/** What is written in the place of what was read is an update; what comes beside it is read the next time. */
function growing(written: Reach, read: Reach): string | undefined {
  if (read.kind === 'file' || (read.kind === 'folder' && written.key === read.key)) return undefined;
  return 'so that the next run reads what this one saves';
}

interface Writer {
  readonly named: NamedPath;
  readonly reach: Reach;
}

/** Which of the two comes first would be chance, and what was read is lost. */
function writtenWhileRead(
  paths: readonly NamedPath[],
  fileSystems: Pick<FileSystems, 'keyOf'>,
  whyNot: ReasonAgainst,
): RuntimeProblem[] {
  const savers = paths.filter(({ writes }) => writes === true);
  if (savers.length === 0) return [];
  const loaders = paths
    .filter(({ writes }) => writes !== true)
    .map((loader) => ({ loader, read: reachOf(loader, false, fileSystems) }));
  return savers.flatMap((saver) => {
    const written = reachOf(saver, true, fileSystems);
    return loaders.flatMap(({ loader, read }): RuntimeProblem[] => {
      const reason = meet(written, read) ? (whyNot(saver, loader) ?? growing(written, read)) : undefined;
      if (reason === undefined) return [];
      const both = [...new Set([saver.path, loader.path])].join(', ');
      return [
        {
          code: 'FP_SAVED_OVER_LOADED',
          message: `${saver.at} writes ${written.kind === 'file' && read.kind === 'file' ? 'the file that' : 'to where'} ${loader.at} reads, ${both}, ${reason}.`,
          hint: 'Save to another path. A file may be written over only by a saver that depends on every node that reads it.',
          places: [saver.place, loader.place].flatMap((place) => place ?? []),
        },
      ];
    });
  });
}
