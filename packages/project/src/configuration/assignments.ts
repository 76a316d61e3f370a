import type { Assignment } from '@flowerpower/config';
import type { OptionRule } from '@flowerpower/core';

/** As in `--set run.timeout=30`, and settings from flags. */
export type Assignments = readonly (string | Assignment)[];

export const assignments: OptionRule = {
  fits: (value) =>
    Array.isArray(value) &&
    value.every((each) => typeof each === 'string' || (typeof each === 'object' && each !== null)),
  expected: 'a list of assignments',
  hint: "Write set: ['run.timeout=30'].",
};
