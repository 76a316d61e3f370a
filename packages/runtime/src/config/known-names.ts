import { hintForErrorName, knownErrorNames } from '@flowerpower/core';
import { fsErrors } from '@flowerpower/fs';
import { ioErrors } from '@flowerpower/io';
import { exportsOf } from './defined-exports.js';
import { type RuntimeProblem, runtimeErrors } from '../errors/catalogue.js';

/**
 * A problem for each name of `retryExceptions` that nothing known can raise. Known are the names that core knows
 * (JavaScript's error classes, system codes, its own classes and codes), every `FP_…` code of filesystems, I/O and
 * runs, `FileSystemError`, and the error classes that the pipeline's modules export.
 */
export function unknownRetryNames(names: readonly string[], modules: readonly object[]): RuntimeProblem[] {
  const known = new Set([
    ...knownErrorNames(),
    'FileSystemError',
    ...modules.flatMap(errorClassesOf),
    ...[fsErrors, ioErrors, runtimeErrors].flatMap((catalogue) => Object.keys(catalogue)),
  ]);
  return names
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'FP_UNKNOWN_RETRY_EXCEPTION',
      message: `retryExceptions names '${name}', which is no known error.`,
      hint: hintForErrorName(name, known) ?? fallbackHint,
    }));
}

const fallbackHint =
  'Name a JavaScript error class, an error class that a module of the pipeline exports, a system code such as ECONNRESET, or an FP_ code.';

function errorClassesOf(module: object): string[] {
  return Object.values(exportsOf(module)).flatMap((value) =>
    typeof value === 'function' && (value.prototype as unknown) instanceof Error ? [value.name] : [],
  );
}
