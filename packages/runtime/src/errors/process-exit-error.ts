import type { FlowerPowerError } from '@flowerpower/core';
import { runtimeError } from './runtime-error.js';

/** For whoever refuses that users' code ends the process: thrown where `process.exit()` is called. Never retried. */
export function processExitError(
  code: number | string | null | undefined,
  name: 'exit' | 'reallyExit' = 'exit',
): FlowerPowerError {
  const call = `process.${name}(${code === undefined ? '' : String(code)})`;
  const error = runtimeError({
    code: 'FP_PROCESS_EXIT',
    message: `${call} was called, but the process has more to do.`,
    hint: 'Return from the function, or throw an error, instead of ending the process.',
  });
  return Object.assign(error, { retryable: false });
}
