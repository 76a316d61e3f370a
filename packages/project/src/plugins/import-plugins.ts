/** Imports the plugins that `plugins:` names, as the project itself would import them. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorFromProblems, type Place, type Problem } from '@flowerpower/core';
import { localPath } from '@flowerpower/fs';
import { loadPlugin, packagesLike, type Plugin } from '@flowerpower/plugin';
import { importOrStall } from '@flowerpower/modules';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ProjectCode } from '../modules/project-code.js';
import { problemsWith } from '../boundary/project-boundary.js';
import { isPackageName } from '../boundary/package-name.js';

export interface PluginsRequest {
  readonly specifiers: readonly string[];
  /**
   * Says where files may be. Packages are found by Node, wherever they are installed; plugins in TypeScript are imported as
   * the modules of pipelines are.
   */
  readonly code: ProjectCode;
  /** Where the specifier of an index is written. */
  readonly placeOf: (index: number) => Place | undefined;
}

/**
 * @throws FlowerPowerError `FP_UNKNOWN_PLUGIN` naming every package that is missing; `FP_FS_OUTSIDE_ROOT` for files that
 *   may not be used; what `loadPlugin` throws.
 */
export async function importPlugins(request: PluginsRequest): Promise<Plugin[]> {
  const { specifiers, code, placeOf } = request;
  const files = specifiers.filter((specifier) => !isPackageName(specifier));
  const { root, boundary, importer } = await code.open({ refresh: false, named: files });
  const require = createRequire(join(root, 'package.json'));
  const problems: Problem[] = [];
  const found = specifiers.flatMap((specifier, index) => {
    const isPackage = isPackageName(specifier);
    let file: string;
    try {
      file = require.resolve(isPackage ? specifier : localPath(specifier, root));
    } catch {
      problems.push(missing(specifier, isPackage, placeOf(index)));
      return [];
    }
    // The ending that Node adds may belong to a link.
    if (!isPackage) problems.push(...problemsWith('plugins', placeOf(index), () => boundary.locate(file)));
    return [{ specifier, file }];
  });
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_UNKNOWN_PLUGIN';
    throw errorFromProblems(problems, { code, title: 'Plugins cannot be imported' });
  }
  return Promise.all(
    found.map(({ specifier, file }) =>
      loadPlugin(specifier, async () =>
        /\.m?ts$/.test(file)
          ? (await importer.import(file)).exports
          : importOrStall(pathToFileURL(file).href, specifier),
      ),
    ),
  );
}

function missing(specifier: string, isPackage: boolean, place: Place | undefined): Problem {
  const code: ProjectErrorCode = 'FP_UNKNOWN_PLUGIN';
  return {
    code,
    message: `plugins: the project cannot import '${specifier}'.`,
    hint: isPackage ? adviceFor(specifier) : 'Check the path; it is relative to the project.',
    places: place && [place],
  };
}

/** A name that is nearly that of a package of ours is not installed: someone else may have taken it. */
function adviceFor(specifier: string): string {
  const [meant] = packagesLike(specifier);
  return meant === undefined || meant === specifier
    ? `npm install ${specifier}`
    : `Did you mean '${meant}'? npm install ${meant}`;
}
