import { FlowerPowerError, isFlowerPowerError, type Problem } from '@flowerpower/core';
import type { RuntimeProblem } from './catalogue.js';

/** A FlowerPowerError whose code is in the catalogue of this package, or of the core for what the core began. */
export function runtimeError(
  problem: RuntimeProblem,
  more: {
    readonly cause?: unknown;
    readonly context?: Readonly<Record<string, unknown>>;
    readonly problems?: readonly Problem[];
  } = {},
): FlowerPowerError {
  return new FlowerPowerError({ ...problem, ...more });
}

/** The problems that an error stands for; its own facts when it lists none. Rethrows what is not a FlowerPower error. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (!isFlowerPowerError(error)) throw error;
  if (error.problems.length > 0) return error.problems;
  const { code, message, hint, places } = error;
  return [{ code, message, hint, places }];
}

export function runnerClosed(): FlowerPowerError {
  return runtimeError({
    code: 'FP_RUNNER_CLOSED',
    message: 'The pipeline runner is closed.',
    hint: 'Load the project again, or make another runner with createPipelineRunner.',
  });
}
