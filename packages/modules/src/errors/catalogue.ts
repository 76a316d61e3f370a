import { FlowerPowerError, type FlowerPowerErrorOptions, type Place, type Problem } from '@flowerpower/core';

/** Every code that this package raises, with the moment it is raised. */
export const moduleErrors = {
  FP_MODULE_FILE_NOT_FOUND: 'The module to load does not exist under any of the file names tried.',
  FP_MODULE_FILE_UNREADABLE: 'A module exists but cannot be read.',
  FP_MODULE_ENCODING: 'A module or JSON file is not UTF-8 text.',
  FP_MODULE_UNSUPPORTED_FILE: 'A module is, or imports, a kind of file that cannot be loaded.',
  FP_MODULE_SYNTAX: 'A module or JSON file cannot be parsed.',
  FP_MODULE_UNSUPPORTED_SYNTAX: 'A module uses syntax that cannot run as an ES module.',
  FP_MODULE_UNRESOLVED_IMPORT: 'A module imports a file that does not exist.',
  FP_MODULE_PACKAGE_NOT_FOUND:
    'A module imports a package that is not installed where the module can see it.',
  FP_MODULE_DYNAMIC_IMPORT: 'A dynamic import computes a relative path, so the file cannot be known.',
  FP_MODULE_TSCONFIG: 'The tsconfig.json of a module cannot be read.',
  FP_MODULE_INVALID: 'Several of the problems above were found in a module and the files it imports.',
  FP_MODULE_IMPORT_FAILED: 'A module was found and transformed but failed while it was linked or evaluated.',
  FP_MODULE_IMPORT_STALLED: 'A module awaits, at its top level, something that nothing is left to settle.',
  FP_MODULE_CACHE_UNWRITABLE: 'Transformed modules cannot be stored in any directory.',
} as const;

/** A code of {@link moduleErrors}. */
export type ModuleErrorCode = keyof typeof moduleErrors;

/** A {@link Problem} of this package. */
export interface ModuleProblem extends Problem {
  readonly code: ModuleErrorCode;
}

export function moduleError(
  options: FlowerPowerErrorOptions & { readonly code: ModuleErrorCode },
): FlowerPowerError {
  return new FlowerPowerError(options);
}

/** `pipelines/sales.ts:3:8`, as terminals and editors turn into a link. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}
