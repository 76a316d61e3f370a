import type { ProjectConfig, Resolved } from '@flowerpower/config';
import { FlowerPowerError } from '@flowerpower/core';
import type { Boundary } from '@flowerpower/fs';
import { problemsWith } from '../boundary/project-boundary.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';

/**
 * The folder of this machine in which the runs of a project are recorded: what `runs.dir` says, else `usual`.
 *
 * @throws FlowerPowerError `FP_RUNS_FOLDER` for one that is none, or that may not be used.
 */
export function runsFolder(
  { value, placeOf }: Pick<Resolved<ProjectConfig>, 'value' | 'placeOf'>,
  boundary: Boundary,
  usual: string,
): string {
  const { dir } = value.runs;
  if (dir === undefined) return usual;
  const place = placeOf(['runs', 'dir']);
  let file: string | undefined;
  const [problem] = problemsWith('runs.dir', place, () => {
    const location = boundary.locate(dir, 'folder', 'cache');
    file = location.kind === 'uri' ? undefined : location.file;
  });
  if (problem === undefined && file !== undefined) return file;
  const code: ProjectErrorCode = 'FP_RUNS_FOLDER';
  throw new FlowerPowerError({
    code,
    message: problem?.message ?? `runs.dir: '${dir}' is no folder of this machine, where runs are recorded.`,
    hint: problem?.hint ?? 'Name a folder of this machine, or leave runs.dir out.',
    places: place === undefined ? [] : [place],
  });
}
