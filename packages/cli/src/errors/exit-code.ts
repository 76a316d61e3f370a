/**
 * What the command's exit code says:
 * 0 success · 1 the run or check failed, or results could not be written · 2 usage or configuration, nothing was executed · 3 a fault of
 * FlowerPower itself · 124 the run timed out · 130 and 143 ended by SIGINT and SIGTERM.
 */
import { isFlowerPowerError } from '@flowerpower/core';

export const success = 0;
export const failure = 1;
export const usage = 2;
const internal = 3;
const timeout = 124;

/** The exit code of a command that a signal ended. */
export function exitCodeOfSignal(signal: 'SIGINT' | 'SIGTERM'): number {
  return signal === 'SIGTERM' ? 143 : 130;
}

export function exitCodeOf(error: unknown): number {
  if (!isFlowerPowerError(error)) return internal;
  switch (error.code) {
    case 'FP_NODE_FAILED':
    case 'FP_NODES_FAILED':
    case 'FP_FILE_SYSTEM_START':
    case 'FP_CLI_OUTPUT':
      return failure;
    case 'FP_RUN_TIMEOUT':
      return timeout;
    case 'FP_RUN_CANCELLED':
    case 'FP_CHECK_CANCELLED':
      return exitCodeOfSignal('SIGINT');
    default:
      return usage;
  }
}
