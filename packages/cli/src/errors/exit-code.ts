/**
 * What the command's exit code says:
 * 0 success · 1 the run or check failed, or results could not be written · 2 usage or configuration, nothing was executed · 3 a fault of
 * FlowerPower itself · 124 the run timed out · 130 and 143 ended by SIGINT and SIGTERM.
 */
import { isFlowerPowerError, readProperty } from '@flowerpower/core';

/** A signal that asks the command to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

export const success = 0;
export const failure = 1;
export const usage = 2;
const internal = 3;
export const timeout = 124;

/** The exit code of a command that a signal ended. */
export function exitCodeOfSignal(signal: StopSignal): number {
  return signal === 'SIGTERM' ? 143 : 130;
}

/** @param stoppedBy - the signal that ended the command; then what it threw only followed from that. */
export function exitCodeOf(error: unknown, stoppedBy?: StopSignal): number {
  if (stoppedBy !== undefined) return exitCodeOfSignal(stoppedBy);
  if (!isFlowerPowerError(error)) return internal;
  switch (error.code) {
    case 'FP_NODE_FAILED':
    case 'FP_NODES_FAILED':
    case 'FP_RUN_STALLED':
    case 'FP_STRAY_ERROR':
    case 'FP_PROCESS_EXIT':
    case 'FP_MODULE_IMPORT_STALLED':
    case 'FP_CLI_STALLED':
    case 'FP_CLI_STRAY_ERROR':
    case 'FP_FILE_SYSTEM_START':
    case 'FP_CLI_OUTPUT':
    case 'FP_CLI_STALE_TYPES':
      return failure;
    case 'FP_RUN_TIMEOUT':
      return timeout;
    case 'FP_RUN_CANCELLED':
    case 'FP_CHECK_CANCELLED':
      return exitCodeOfSignal('SIGINT');
    default:
      // A module that ended the process while it was imported has executed something.
      return readProperty(error.cause, 'code') === 'FP_PROCESS_EXIT' ? failure : usage;
  }
}
