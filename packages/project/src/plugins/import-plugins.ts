/** Imports the plugins that `plugins:` names, as the project itself would import them. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorFromProblems, type Problem } from '@flowerpower/core';
import { loadPlugin, type Plugin } from '@flowerpower/plugin';
import type { ProjectErrorCode } from '../errors/catalogue.js';

/** @throws FlowerPowerError `FP_UNKNOWN_PLUGIN` naming every package that is missing; what `loadPlugin` throws. */
export async function importPlugins(specifiers: readonly string[], root: string): Promise<Plugin[]> {
  const require = createRequire(join(root, 'package.json'));
  const problems: Problem[] = [];
  const found = specifiers.flatMap((specifier) => {
    try {
      return [{ specifier, url: pathToFileURL(require.resolve(specifier)).href }];
    } catch {
      problems.push(missing(specifier));
      return [];
    }
  });
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_UNKNOWN_PLUGIN';
    throw errorFromProblems(problems, { code, title: 'Plugins are missing' });
  }
  return Promise.all(found.map(({ specifier, url }) => loadPlugin(specifier, () => import(url))));
}

function missing(specifier: string): Problem {
  const code: ProjectErrorCode = 'FP_UNKNOWN_PLUGIN';
  return {
    code,
    message: `plugins: the project cannot import '${specifier}'.`,
    hint: /^[./]/.test(specifier)
      ? 'Check the path; it is relative to the project.'
      : `npm install ${specifier}`,
    places: [{ file: 'conf/project.yml' }],
  };
}
