import { errorFromProblems, type Problem } from '@flowerpower/core';
import type { StorageOptions } from '@flowerpower/io';

/** An option of a scheme whose value is not known, such as one that refers to a variable that is not set. */
export interface UnsetStorage {
  readonly scheme: string;
  /** Where the value is an option of its own, its name. Undefined: a part of one, or all options. */
  readonly option: string | undefined;
  /** Why it is not known. */
  readonly problems: readonly Problem[];
}

/** Those that the options beside a path do not replace. */
export function unsetStorageOf(
  unset: readonly UnsetStorage[],
  scheme: string,
  beside: StorageOptions | undefined,
): readonly UnsetStorage[] {
  return unset.filter(
    (each) => each.scheme === scheme && (each.option === undefined || beside?.[each.option] === undefined),
  );
}

/** @throws FlowerPowerError `FP_STORAGE_OPTIONS` with the problems, or the code of the only one. */
export function refuseUnsetStorage(unset: readonly UnsetStorage[]): void {
  const problems = unset.flatMap((each) => each.problems);
  if (problems.length === 0) return;
  throw errorFromProblems(problems, {
    code: 'FP_STORAGE_OPTIONS',
    title: 'The storage options cannot be used',
  });
}
