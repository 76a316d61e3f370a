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
  if (!isError(error)) return { name: typeof error, message: textOf(error) };
  const code = read(error, 'code');
  const stack = read(error, 'stack');
  const cause = read(error, 'cause');
  const flower = attempt(() => (isFlowerPowerError(error) ? error : undefined));
  return {
    name: textIn(error, 'name') ?? 'Error',
    message: textIn(error, 'message') ?? '(its message cannot be read)',
    ...(typeof code === 'string' && { code }),
    ...(flower?.hint !== undefined && { hint: flower.hint }),
    ...(flower !== undefined && flower.places.length > 0 && { places: flower.places }),
    ...(typeof stack === 'string' && { stack }),
    ...(cause !== undefined && depth < maxCauses && { cause: describeError(cause, depth + 1) }),
  };
}

/** Getters and traps may throw, and a revoked proxy cannot even be asked what it is. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function isError(thrown: unknown): thrown is Error {
  return attempt(() => thrown instanceof Error) === true;
}

function read(error: Error, property: string): unknown {
  return attempt(() => (error as unknown as Record<string, unknown>)[property]);
}

function textIn(error: Error, property: string): string | undefined {
  const value = read(error, property);
  return typeof value === 'string' ? value : undefined;
}

/** Only texts, numbers and their like speak for themselves; an object may hold secrets. */
function textOf(thrown: unknown): string {
  const kind = typeof thrown;
  if (thrown === null || (kind !== 'object' && kind !== 'function' && kind !== 'symbol'))
    return String(thrown);
  return `a value of type ${kind} was thrown`;
}
