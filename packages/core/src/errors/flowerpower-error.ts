/**
 * The one error shape of FlowerPower.
 *
 * Every error that FlowerPower raises on purpose has a permanent `code`, says what happened in `message`,
 * what to do in `hint`, where in `places`, and keeps the original error as `cause`.
 */

import { lineList } from './name-list.js';

/** Errors are recognised by this global symbol, so two copies of a package understand each other. */
const brand: unique symbol = Symbol.for('flowerpower.error');

/** A position in a file that a user wrote. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One of several faults found in the same step. */
export interface Problem {
  /** `FP_…` in FlowerPower's own packages; plugins have codes of their own, see `defineErrors`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly places?: readonly Place[] | undefined;
}

export interface FlowerPowerErrorOptions extends Problem {
  /** Machine-readable facts about the failure. Never holds secrets. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** Every fault found, when one step found several. */
  readonly problems?: readonly Problem[] | undefined;
  readonly cause?: unknown;
}

/**
 * Base class of every error that FlowerPower raises.
 *
 * @example
 * ```ts
 * import { FlowerPowerError, isFlowerPowerError } from '@flowerpower/core';
 *
 * try {
 *   throw new FlowerPowerError({ code: 'FP_EXAMPLE', message: 'No route.', hint: 'Add one.' });
 * } catch (error) {
 *   if (isFlowerPowerError(error)) console.log(error.code, error.hint);
 * }
 * ```
 */
export class FlowerPowerError extends Error {
  /** Written out, here and in subclasses: minifiers shorten the names of classes. */
  override readonly name: string = 'FlowerPowerError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly places: readonly Place[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** Whether another attempt may help. Absent where the error does not say: then its cause decides, and else it may. */
  declare readonly retryable?: boolean;

  constructor(options: FlowerPowerErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    // Not on the prototype: what is done to a class when its module is read keeps it in every bundle.
    Object.defineProperty(this, brand, { value: true });
    this.code = options.code;
    this.hint = options.hint;
    this.places = options.places ?? [];
    this.context = options.context ?? {};
    this.problems = options.problems ?? [];
  }
}

/** True for any error raised by FlowerPower, also by another copy of a FlowerPower package. */
export function isFlowerPowerError(value: unknown): value is FlowerPowerError {
  try {
    return value instanceof Error && brand in value;
  } catch {
    // Something that cannot be asked, such as a revoked proxy.
    return false;
  }
}

/**
 * Turns a list of problems into the one error to throw. One problem keeps its own code and message;
 * several share `code` and list their messages, at most twenty; `problems` holds all of them.
 */
export function errorFromProblems(
  problems: readonly Problem[],
  summary: { readonly code: string; readonly title: string },
): FlowerPowerError {
  const [first, ...rest] = problems;
  if (first === undefined) throw new RangeError('No problem.');
  if (rest.length === 0) return new FlowerPowerError({ ...first, problems });
  const list = lineList(problems.map(({ message }) => message));
  return new FlowerPowerError({
    code: summary.code,
    message: `${summary.title}: ${problems.length} problems\n${list}`,
    places: problems.flatMap((problem) => problem.places ?? []),
    problems,
  });
}
