/** Errors as plain data, for events and log records. */
import { isFlowerPowerError, type Place, isError, readProperty } from '@flowerpower/core';

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
  if (!isError(error)) return { name: typeof error, message: textOf(error) };
  const name = textAt(error, 'name') ?? 'Error';
  const message = textAt(error, 'message') ?? '(its message cannot be read)';
  const code = textAt(error, 'code');
  const stack = textAt(error, 'stack');
  const cause = readProperty(error, 'cause');
  return {
    name,
    message,
    ...(code !== undefined && { code }),
    ...(isFlowerPowerError(error) && advice(error)),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && depth < maxCauses && { cause: describeError(cause, depth + 1) }),
  };
}

/** What only errors of FlowerPower have. */
function advice(error: unknown): Pick<DescribedError, 'hint' | 'places'> {
  const hint = textAt(error, 'hint');
  const places = readProperty(error, 'places');
  return {
    ...(hint !== undefined && { hint }),
    ...(Array.isArray(places) && places.length > 0 && { places: places as Place[] }),
  };
}

function textAt(error: unknown, key: string): string | undefined {
  const text = readProperty(error, key);
  return typeof text === 'string' ? text : undefined;
}

/** Only texts, numbers and their like speak for themselves; an object may hold secrets. */
function textOf(thrown: unknown): string {
  const kind = typeof thrown;
  if (thrown === null || (kind !== 'object' && kind !== 'function' && kind !== 'symbol'))
    return String(thrown);
  return `a value of type ${kind} was thrown`;
}
