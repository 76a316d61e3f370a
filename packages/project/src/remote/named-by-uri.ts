/** Says where code lies that was copied to this machine: by the URI of the project, not by the path of the copy. */
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FlowerPowerError, isFlowerPowerError, type Problem } from '@flowerpower/core';
import { workingFolder } from '@flowerpower/fs';
import type { ModuleImporter } from '@flowerpower/modules';

export interface Names {
  /** The URI of a file of the copy; any other path as it is. */
  nameOf(file: string): string;
  /** The same data with each path and `file:` URL of the copy replaced. */
  named<T>(value: T): T;
}

/**
 * @param root - the real path of the copy.
 * @param uri - of the project, without a slash at its end.
 */
export function namesByUri(root: string, uri: string): Names {
  const inside = root + sep;
  const spellings = [`${pathToFileURL(root).href}/`, inside];
  const text = (value: string) =>
    spellings.reduce((rest, spelling) => rest.replaceAll(spelling, `${uri}/`), value).replaceAll(root, uri);
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]));
  };
  return {
    nameOf: (file) =>
      file.startsWith(inside) ? `${uri}/${file.slice(inside.length).split(sep).join('/')}` : file,
    named: <T>(value: T) => named(value) as T,
  };
}

/**
 * An importer whose errors name files by their URIs, and the folder in which packages are looked for. What a module threw
 * stays its cause, untouched.
 */
export function importsByUri(importer: ModuleImporter, { named }: Names): ModuleImporter {
  return {
    async import(file, options) {
      try {
        return await importer.import(file, options);
      } catch (error) {
        if (!isFlowerPowerError(error)) throw error;
        const { message, places, context, cause } = error;
        const { code, hint } = withInstallHint(error);
        const problems = error.problems.map(withInstallHint);
        throw new FlowerPowerError({
          ...named({ code, message, hint, places, problems, context }),
          // Node's own words about a missing package say no more, and name the copy.
          cause: code === missingPackage ? undefined : cause,
        });
      }
    },
  };
}

const missingPackage = 'FP_MODULE_PACKAGE_NOT_FOUND';

/** No package can be installed in a bucket. */
function withInstallHint({ code, message, hint, places }: Problem): Problem {
  if (code !== missingPackage) return { code, message, hint, places };
  const folder = workingFolder();
  return {
    code,
    message,
    hint: `Install the package in the working folder ${folder}, where packages of a project elsewhere are looked for, or correct the name.`,
    places,
  };
}
