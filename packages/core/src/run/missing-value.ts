import { isInstance } from '../errors/is-error.js';
import type { NodeExecutionError } from './node-execution-error.js';

/** Stands where a value would be that a failure has prevented, as long as something else may come of the rest. */
export class MissingValue {
  readonly error: NodeExecutionError;

  constructor(error: NodeExecutionError) {
    this.error = error;
  }
}

/** Items may be anything, also what cannot be asked what it is. */
export function isMissingValue(value: unknown): value is MissingValue {
  return isInstance(value, MissingValue);
}
