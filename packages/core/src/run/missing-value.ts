import type { NodeExecutionError } from './node-execution-error.js';

/** Stands where a value would be that a failure has prevented, as long as something else may come of the rest. */
export class MissingValue {
  readonly error: NodeExecutionError;

  constructor(error: NodeExecutionError) {
    this.error = error;
  }
}
