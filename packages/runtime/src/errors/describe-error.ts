/** Errors as plain data, for events and log records. */
import { isFlowerPowerError, type Place } from '@flowerpower/core';

export interface DescribedError {
  readonly name: string;
  readonly message: string;
  /** `FP_…`, or the code of the system error. */
  readonly code?: string;
  readonly hint?: string;
  readonly places?: readonly Place[];
  readonly stack?: string;
  readonly cause?: DescribedError;
}

const maxCauses = 8;

/** Describes an error and up to eight of its causes. Accepts anything that can be thrown; never throws. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error, message: textOf(error) };
  const { code } = error as { code?: unknown };
  const flower = isFlowerPowerError(error) ? error : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    ...(flower?.hint !== undefined && { hint: flower.hint }),
    ...(flower !== undefined && flower.places.length > 0 && { places: flower.places }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < maxCauses && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Only texts, numbers and their like speak for themselves; an object may hold secrets. */
function textOf(thrown: unknown): string {
  const kind = typeof thrown;
  if (thrown === null || (kind !== 'object' && kind !== 'function' && kind !== 'symbol'))
    return String(thrown);
  return `a value of type ${kind} was thrown`;
}
