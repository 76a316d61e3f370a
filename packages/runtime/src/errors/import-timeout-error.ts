import type { FlowerPowerError } from '@flowerpower/core';
import { runtimeError } from './runtime-error.js';

/** For whoever imports the modules of a run, and gives that up at the timeout of the run. */
export function importTimeoutError(pipeline: string, timeoutMs: number): FlowerPowerError {
  return runtimeError({
    code: 'FP_RUN_TIMEOUT',
    message: `The run took longer than its timeout of ${timeoutMs / 1000} s: the modules of the pipeline '${pipeline}' were still being imported, and no node has run.`,
    hint: 'Look for what they await or compute at their top level, or raise run.timeout.',
  });
}
