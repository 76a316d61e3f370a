import type { Importance, ValidationResult } from '../model/validation-result.js';
import type { Check, Finding } from './check.js';

export function toValidationResult(
  { description }: Pick<Check<never>, 'description'>,
  importance: Importance,
  finding: Finding,
): ValidationResult {
  if (finding === true) return { check: description, passed: true, message: 'passed', importance };
  const { message, failures } = finding;
  return { check: description, passed: false, message, ...(failures && { failures }), importance };
}
