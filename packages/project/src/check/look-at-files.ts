/** What the files that `io.load` names tell before they are loaded: the columns of a table, for example. */
import { statSync } from 'node:fs';
import { isFlowerPowerError, type Place, type Problem } from '@flowerpower/core';
import type { Boundary } from '@flowerpower/fs';
import type { LoadNode } from '@flowerpower/runtime';
import { isPattern, type NamedFile } from './absent-files.js';
import type { CheckErrorCode } from './catalogue.js';

type Look = NonNullable<Awaited<ReturnType<NonNullable<LoadNode['look']>>>>;

export interface Looks {
  /** By the name under `io.load`. */
  readonly found: ReadonlyMap<string, Look>;
  /** Options that the file can never fit. */
  readonly problems: readonly Problem[];
  /** Patterns and folders without a file. */
  readonly warnings: readonly Problem[];
}

/** Opens the files of this machine, none elsewhere, and reads no further than each loader needs. */
export async function lookAtFiles(
  loaders: readonly LoadNode[],
  files: readonly NamedFile[],
  boundary: Pick<Boundary, 'locate'>,
  placeOf: (keys: readonly string[]) => Place | undefined,
): Promise<Looks> {
  const found = new Map<string, Look>();
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { target, path, place } of files) {
    const { look } = loaders.find((loader) => loader.target === target)!;
    if (look === undefined || !mayLook(path, boundary)) continue;
    try {
      const seen = await look();
      if (seen !== undefined) found.set(target, seen);
    } catch (error) {
      // What else is wrong with a file is for the run to say: it may be written until then.
      if (isFlowerPowerError(error) && error.code === 'FP_IO_NO_MATCH') {
        warnings.push(absent(target, error, place));
        continue;
      }
      if (!isFlowerPowerError(error) || error.code !== 'FP_IO_COLUMNS') continue;
      problems.push(...problemsOf(error).map((problem) => placed(problem, target, placeOf)));
    }
  }
  return { found, problems, warnings };
}

/** True for files, folders and patterns of this machine; special files may never answer. */
function mayLook(path: string, boundary: Pick<Boundary, 'locate'>): boolean {
  const location = boundary.locate(path);
  if (location.kind === 'uri' || location.file === undefined) return false;
  const stats = statSync(location.file, { throwIfNoEntry: false });
  return stats === undefined ? isPattern(path) : stats.isFile() || stats.isDirectory();
}

function absent(target: string, { message, hint }: Problem, place: Place | undefined): Problem {
  const code: CheckErrorCode = 'FP_CHECK_NO_FILE';
  const later = 'Nothing is wrong if it is written before this pipeline runs.';
  return {
    code,
    message: `io.load.${target}: ${message}`,
    hint: hint === undefined ? later : `${hint} ${later}`,
    places: place && [place],
  };
}

function problemsOf(error: Problem & { readonly problems: readonly Problem[] }): readonly Problem[] {
  return error.problems.length > 0 ? error.problems : [error];
}

/** At the line of the option that names the column. */
function placed(
  problem: Problem,
  target: string,
  placeOf: (keys: readonly string[]) => Place | undefined,
): Problem {
  const { code, message, hint } = problem;
  const entry = ['io', 'load', target];
  const names = [...message.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
  const option = ['columns', 'types'].find((each) => names.includes(each));
  const keys = option === undefined ? [] : names.map((name) => [...entry, option, name]);
  const place = [...keys, ...(option === undefined ? [] : [[...entry, option]]), entry]
    .map(placeOf)
    .find((each) => each !== undefined);
  return { code, message: `io.load.${target}: ${message}`, hint, places: place && [place] };
}
