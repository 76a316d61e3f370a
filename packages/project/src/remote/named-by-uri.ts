/** Says where code lies that was copied to this machine: by the URI of the project, not by the path of the copy. */
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FlowerPowerError, isFlowerPowerError } from '@flowerpower/core';
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

/** An importer whose errors name files by their URIs. What a module threw stays its cause, untouched. */
export function importsByUri(importer: ModuleImporter, { named }: Names): ModuleImporter {
  return {
    async import(file, options) {
      try {
        return await importer.import(file, options);
      } catch (error) {
        if (!isFlowerPowerError(error)) throw error;
        const { code, message, hint, places, problems, context, cause } = error;
        throw new FlowerPowerError({ ...named({ code, message, hint, places, problems, context }), cause });
      }
    },
  };
}
