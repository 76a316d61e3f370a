/** What a project may open outside of its folder, and whether the locations that its configuration names are allowed. */
import type { ProjectConfig, Resolved } from '@flowerpower/config';
import { errorFromProblems, isFlowerPowerError, type Place, type Problem } from '@flowerpower/core';
import { type Boundary, createBoundary } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { cacheEntries, type ProjectLayout } from '../layout/project-layout.js';
import { isPackageName } from './package-name.js';

/** Where a project lies: in a folder of this machine, or below a URI. */
export type ProjectPlace =
  | { readonly root: string; readonly uri?: undefined }
  | { readonly uri: string; readonly root?: undefined };

/**
 * @param given - folders that are allowed for this time, besides those of the configuration.
 * @throws FlowerPowerError `FP_PROJECT_LOCATIONS` for folders of `allowOutside` that are none, and for plugins and hooks
 *   that are outside, or the code of the only problem.
 */
export function projectBoundary(
  where: ProjectPlace,
  { value, placeOf }: Pick<Resolved<ProjectConfig>, 'value' | 'placeOf'>,
  { layout, given }: { readonly layout: ProjectLayout; readonly given: readonly string[] },
): Boundary {
  const problems: Problem[] = [];
  const judge = (at: string, place: Place | undefined, locate: () => unknown): boolean => {
    const found = problemsWith(at, place, locate);
    problems.push(...found);
    return found.length === 0;
  };
  const allows = (place: (index: number) => Place | undefined) => (folder: string, index: number) =>
    judge('allowOutside', place(index), () => createBoundary({ ...where, allowOutside: [folder] }));

  const configured = value.allowOutside.filter(allows((index) => placeOf(['allowOutside', String(index)])));
  const allowOutside = [...configured, ...given.filter(allows(() => undefined))];
  const boundary = createBoundary({
    ...where,
    allowOutside,
    protect: layout.ownEntries,
    keepCaches: cacheEntries,
  });
  judge('hooksDir', placeOf(['hooksDir']), () => boundary.locate(value.hooksDir, 'folder'));
  for (const [index, plugin] of value.plugins.entries()) {
    if (isPackageName(plugin)) continue;
    judge('plugins', placeOf(['plugins', String(index)]), () => boundary.locate(plugin));
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_PROJECT_LOCATIONS';
    throw errorFromProblems(problems, { code, title: 'The project names locations that it may not use' });
  }
  return boundary;
}

/** The problem that a location has, with where it is written. */
export function problemsWith(at: string, place: Place | undefined, locate: () => unknown): Problem[] {
  try {
    locate();
    return [];
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    const { code, message, hint } = error;
    return [{ code, message: `${at}: ${message}`, hint, places: place === undefined ? [] : [place] }];
  }
}
