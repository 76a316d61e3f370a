import { FlowerPowerError, type FlowerPowerErrorOptions, type Place, type Problem } from '@flowerpower/core';

/** Every code that this package raises, with the moment it is raised. */
export const loaderErrors = {
  FP_LOADER_FILE_NOT_FOUND: 'The module to load does not exist under any of the file names tried.',
  FP_LOADER_FILE_UNREADABLE: 'A module exists but cannot be read.',
  FP_LOADER_UNSUPPORTED_FILE: 'A module is, or imports, a kind of file that cannot be loaded.',
  FP_LOADER_SYNTAX: 'A module or JSON file cannot be parsed.',
  FP_LOADER_UNSUPPORTED_SYNTAX: 'A module uses syntax that cannot run as an ES module.',
  FP_LOADER_UNRESOLVED_IMPORT: 'A module imports a file that does not exist.',
  FP_LOADER_PACKAGE_NOT_FOUND:
    'A module imports a package that is not installed where the module can see it.',
  FP_LOADER_DYNAMIC_IMPORT: 'A dynamic import computes a relative path, so the file cannot be known.',
  FP_LOADER_TSCONFIG: 'The tsconfig.json of a module cannot be read.',
  FP_LOADER_MODULE_INVALID: 'Several of the problems above were found in a module and the files it imports.',
  FP_LOADER_IMPORT_FAILED: 'A module was found and transformed but failed while it was linked or evaluated.',
  FP_LOADER_CACHE_UNWRITABLE: 'Transformed modules cannot be stored in any directory.',
} as const;

/** A code of {@link loaderErrors}. */
export type LoaderErrorCode = keyof typeof loaderErrors;

/** A {@link Problem} of this package. */
export interface LoaderProblem extends Problem {
  readonly code: LoaderErrorCode;
}

export function loaderError(
  options: FlowerPowerErrorOptions & { readonly code: LoaderErrorCode },
): FlowerPowerError {
  return new FlowerPowerError(options);
}

/** `pipelines/sales.ts:3:8`, as terminals and editors turn into a link. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}
