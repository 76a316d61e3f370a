import type { Check, Failures, Finding } from './check.js';

/** `warn`: a failing check is logged and the value passes on. `fail`: it fails the node. */
export type Importance = 'warn' | 'fail';

/** The value of a check's node. Plain data: safe to print, compare and serialise. */
export interface ValidationResult {
  /** The check as written, for example `inRange(0, 10)`. */
  readonly check: string;
  readonly passed: boolean;
  /** What was found, in one line. */
  readonly message: string;
  /** The items refused, where the check looks at items. */
  readonly failures?: Failures;
  readonly importance: Importance;
}

export function toValidationResult(
  { description }: Pick<Check<never>, 'description'>,
  importance: Importance,
  finding: Finding,
): ValidationResult {
  if (finding === true) return { check: description, passed: true, message: 'passed', importance };
  const { message, failures } = finding;
  return { check: description, passed: false, message, ...(failures && { failures }), importance };
}
