import { isFlowerPowerError, type Problem } from '@flowerpower/core';
import type { PipelineDefinition, PipelineRunner } from '@flowerpower/runtime';

/**
 * What keeps a run from starting, found by planning it as it is configured. An input that is missing is left out: it can
 * still be given, and `missingInputs` tells more about it.
 */
export function startProblems(
  runner: Pick<PipelineRunner, 'plan'>,
  definition: PipelineDefinition,
): Problem[] {
  try {
    runner.plan(definition);
    return [];
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    const problems: readonly Problem[] = error.problems.length > 0 ? error.problems : [error];
    return problems.filter(({ code }) => code !== 'FP_MISSING_INPUT');
  }
}
