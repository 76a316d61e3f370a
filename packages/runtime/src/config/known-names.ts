import { hintForErrorName, knownErrorNames } from '@flowerpower/core';
import { fsErrors } from '@flowerpower/fs';
import { ioErrors } from '@flowerpower/io';
import { exportsOf } from './defined-exports.js';
import { isPythonName, meaningOfPythonName } from './python-exceptions.js';
import { type RuntimeProblem, runtimeErrors } from '../errors/catalogue.js';

export interface RetryNames {
  /** What is retried: the names as given, and for names of Python what they stand for here. */
  readonly names: readonly string[];
  readonly problems: readonly RuntimeProblem[];
  /** In words. */
  readonly warnings: readonly string[];
}

/**
 * Reads `retryExceptions`: a problem for each name that nothing known can raise, and a warning for Python's exceptions
 * that have no counterpart. Known are the names that core knows
 * (JavaScript's error classes, system codes, its own classes and codes), every `FP_…` code of filesystems, I/O and
 * runs, `FileSystemError`, the codes of plugins, and the error classes that the pipeline's modules export.
 */
export function readRetryNames(
  names: readonly string[],
  modules: readonly object[],
  ofPlugins: readonly string[] = [],
): RetryNames {
  // Asked in every run, and mostly of names that are known whatever the pipeline.
  const ofPipeline = lazily(() => new Set([...ofPlugins, ...modules.flatMap(errorClassesOf)]));
  const all = new Set(names);
  const problems: RuntimeProblem[] = [];
  const warnings: string[] = [];
  for (const name of names) {
    const meaning = meaningOfPythonName(name);
    for (const other of meaning ?? []) all.add(other);
    if (meaning !== undefined || everywhere().has(name) || ofPipeline().has(name)) continue;
    if (isPythonName(name)) {
      warnings.push(
        `retryExceptions names '${name}' of Python, which no error has here unless your own code names one so: nothing is retried for it.`,
      );
      continue;
    }
    problems.push({
      code: 'FP_UNKNOWN_RETRY_EXCEPTION',
      message: `retryExceptions names '${name}', which is not a known error.`,
      hint: hintForErrorName(name, [...everywhere(), ...ofPipeline()]) ?? fallbackHint,
    });
  }
  return { names: [...all], problems, warnings };
}

/** Names that no pipeline needs to bring. */
const everywhere = lazily(
  () =>
    new Set([
      ...knownErrorNames(),
      'FileSystemError',
      ...[fsErrors, ioErrors, runtimeErrors].flatMap((catalogue) => Object.keys(catalogue)),
    ]),
);

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const fallbackHint =
  'Name a JavaScript error class, an error class that a module of the pipeline exports, a system code such as ECONNRESET, or an FP_ code.';

function errorClassesOf(module: object): string[] {
  return Object.values(exportsOf(module)).flatMap((value) =>
    typeof value === 'function' && (value.prototype as unknown) instanceof Error ? [value.name] : [],
  );
}
