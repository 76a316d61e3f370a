import {
  isFlowerPowerError,
  type FlowerPowerError,
  type Place,
  errorFromProblems,
  isError,
  messageOf,
  readProperty,
} from '@flowerpower/core';
import { findSourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Manifest } from './cache/manifest.js';
import { formatPlace, moduleError } from './errors/catalogue.js';

interface Location {
  readonly projectRoot: string;
  readonly cacheDirectory: string;
  readonly nameOf: (file: string) => string;
}

/**
 * Explains why Node could not import a transformed module: a missing package, a name that an import asks for in
 * vain, or an error that the module threw while it was evaluated. The original error is the cause.
 */
export function importFailure(error: unknown, manifest: Manifest, location: Location): FlowerPowerError {
  const root = location.nameOf(manifest.sources[0]!.path);
  const code = readProperty(error, 'code');
  if (isFlowerPowerError(error) && code === 'FP_MODULE_IMPORT_STALLED') return error;
  if (code === 'ERR_MODULE_NOT_FOUND' && manifest.missingPackages.length > 0) {
    const { message, hint, places, problems } = errorFromProblems(manifest.missingPackages, {
      code: 'FP_MODULE_PACKAGE_NOT_FOUND',
      title: `${root} imports packages that are not installed`,
    });
    return moduleError({
      code: 'FP_MODULE_PACKAGE_NOT_FOUND',
      message,
      hint,
      places,
      problems,
      cause: error,
    });
  }
  const sourceOf = new Map(manifest.sources.map(({ path, output }) => [output.name, path]));
  const place = firstPlace(error, sourceOf, location);
  const name = isError(error) ? readProperty(error, 'name') : undefined;
  const text = typeof name === 'string' ? `${name}: ${messageOf(error)}` : messageOf(error);
  const message = withSourceNames(text, sourceOf, location);
  return moduleError({
    code: 'FP_MODULE_IMPORT_FAILED',
    message: `${place ? formatPlace(place) : root}: importing the module failed: ${message}`,
    hint: failureHint(error),
    places: [place ?? { file: root }],
    cause: error,
  });
}

/** The innermost frame that stands in a file of the closure. */
function firstPlace(
  error: unknown,
  sourceOf: ReadonlyMap<string, string>,
  { cacheDirectory, nameOf }: Location,
): Place | undefined {
  const stack = isError(error) ? readProperty(error, 'stack') : undefined;
  if (typeof stack !== 'string') return undefined;
  const sources = new Set([...sourceOf.values()].map(nameOf));
  const outputs = new Map([...sourceOf].map(([name, path]) => [join(cacheDirectory, name), path]));
  for (const [, location, line, column] of stack.matchAll(
    /([a-z][a-z\d+.-]+:\/\/[^\n()]+?|(?:[a-z]:)?[\\/][^\n()]*?):(\d+)(?::(\d+))?\)?$/gim,
  )) {
    const file = location!.startsWith('file:') ? fileURLToPath(location!) : location!;
    const at = { line: Number(line), column: column === undefined ? undefined : Number(column) };
    if (sources.has(file)) return { file, ...at };
    const source = outputs.get(file);
    if (source !== undefined) return { file: nameOf(source), ...originalPosition(file, at) };
  }
  return undefined;
}

/** Needed when a custom `Error.prepareStackTrace` or a failure to link left the position of the transformed code. */
function originalPosition(output: string, at: { line: number; column: number | undefined }): Partial<Place> {
  const entry = findSourceMap(pathToFileURL(output).href)?.findEntry(at.line - 1, (at.column ?? 1) - 1);
  if (entry === undefined || !('originalLine' in entry)) return {};
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Speaks of the sources where Node speaks of what was made of them. */
function withSourceNames(
  text: string,
  sourceOf: ReadonlyMap<string, string>,
  { projectRoot, cacheDirectory }: Location,
): string {
  let result = text;
  for (const [name, path] of sourceOf) {
    const output = join(cacheDirectory, name);
    for (const written of [pathToFileURL(output).href, output, `./${name}`]) {
      result = result.replaceAll(written, relative(projectRoot, path));
    }
  }
  return result;
}

function failureHint(error: unknown): string | undefined {
  const known = isFlowerPowerError(error) ? readProperty(error, 'hint') : undefined;
  if (typeof known === 'string') return known;
  if (
    readProperty(error, 'name') === 'SyntaxError' &&
    /does not provide an export named|Export '.*' is not defined/.test(messageOf(error))
  ) {
    return "Check the name. If it is a type, write 'import type' or 'export type'.";
  }
  return 'The code at the top level of the module threw; functions are not called while a module is imported.';
}
