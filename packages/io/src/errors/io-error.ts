import {
  errorFromProblems,
  FlowerPowerError,
  type FlowerPowerErrorOptions,
  type Problem,
} from '@flowerpower/core';
import type { IoErrorCode } from './catalogue.js';

export interface IoProblem extends Problem {
  readonly code: IoErrorCode;
}

/** A FlowerPowerError whose code is in this package's catalogue. */
export function ioError(options: FlowerPowerErrorOptions & { readonly code: IoErrorCode }): FlowerPowerError {
  return new FlowerPowerError(options);
}

/** One error for several problems of the same code. */
export function ioErrorOf(problems: readonly IoProblem[], title: string): FlowerPowerError {
  return errorFromProblems(problems, { code: problems[0]!.code, title });
}
