import { isFlowerPowerError, type Problem } from '@flowerpower/core';
import type { PipelineDefinition, PipelineRunner } from '@flowerpower/runtime';

/** What planning a pipeline as it is configured finds. */
export interface PlannedStart {
  /**
   * What keeps a run from starting. An input that is missing is left out: it can still be given, and `missingInputs`
   * tells more about it.
   */
  readonly problems: readonly Problem[];
  /** What to do about a missing input that has variants, none of which the configuration fits, by its name. */
  readonly variants: ReadonlyMap<string, string>;
}

export function plannedStart(
  runner: Pick<PipelineRunner, 'plan'>,
  definition: PipelineDefinition,
): PlannedStart {
  const found = planProblems(runner, definition);
  const variants = new Map<string, string>();
  for (const { code, message, hint } of found) {
    const [, input] = /^The input '([^']+)'/.exec(message) ?? [];
    if (code === 'FP_MISSING_INPUT' && input !== undefined && hint?.startsWith('Variants of') === true)
      variants.set(input, hint);
  }
  return { problems: found.filter(({ code }) => code !== 'FP_MISSING_INPUT'), variants };
}

function planProblems(
  runner: Pick<PipelineRunner, 'plan'>,
  definition: PipelineDefinition,
): readonly Problem[] {
  try {
    runner.plan(definition);
    return [];
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    return error.problems.length > 0 ? error.problems : [error];
  }
}
