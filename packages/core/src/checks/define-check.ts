import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { type Check, type CheckProblem, type Finding, isMissing, itemsOf, settle } from './check.js';
import { collectFailures } from './inspect-each.js';
import { previewValue } from '../errors/preview-value.js';

/** What a custom check returns: `true`, or what is wrong and, where it looked at items, which of them. */
export type CheckVerdict =
  | true
  | {
      readonly message: string;
      /** Indices of the offending items, counted from 0. */
      readonly rows?: readonly number[] | undefined;
    };

export interface CheckDefinition<Value, Name extends string> {
  /** Ends the name of the check's node, so letters, digits, `_` and `$` only. */
  readonly name: Name;
  check(value: Value): CheckVerdict | Promise<CheckVerdict>;
}

/**
 * A check of your own. It may be asynchronous. One that throws fails its node; a verdict that is neither `true` nor
 * an object with a message does so with `FP_BAD_VERDICT`.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: a name that cannot end the name of a node.
 *
 * @example
 * ```ts
 * import { checkOutput, createDriver, defineCheck, node } from '@flowerpower/core';
 *
 * const even = defineCheck({
 *   name: 'even',
 *   check(values: readonly number[]) {
 *     const rows = values.flatMap((value, index) => (value % 2 === 0 ? [] : [index]));
 *     return rows.length === 0 || { message: 'odd numbers', rows };
 *   },
 * });
 * const m = { sizes: node(() => [2, 3], checkOutput(even)) };
 * createDriver({ modules: [m] }).executeSync(['sizes_even']).sizes_even.message;
 * // 'odd numbers: 3 at 1'
 * ```
 */
export function defineCheck<Value, const Name extends string>(
  definition: CheckDefinition<Value, Name>,
): Check<Value, Name> {
  const { name } = definition ?? {};
  return {
    name,
    description: name,
    decides: { definition },
    problem: nameProblem(name) ?? functionProblem(definition.check),
    check: (value) => settle(definition.check(value), (verdict) => findingOf(name, verdict, value)),
  };
}

function findingOf(name: string, verdict: CheckVerdict, value: unknown): Finding {
  if (verdict === true) return true;
  if (typeof (verdict as { message?: unknown } | null | undefined)?.message !== 'string') {
    throw new FlowerPowerError({
      code: 'FP_BAD_VERDICT',
      message: `The check '${name}' returned ${previewValue(verdict)}.`,
      hint: 'Return true when the value is good, else { message } or { message, rows }.',
    });
  }
  const { message, rows } = verdict;
  if (isMissing(rows)) return { message };
  const items = itemsOf(value);
  const failures = collectFailures();
  for (const row of rows) failures.add(row, items.at(row));
  return failures.report(message);
}

function functionProblem(check: unknown): CheckProblem | undefined {
  if (typeof check === 'function') return undefined;
  return {
    message: 'defineCheck was given no check',
    hint: 'Write check: (value) => …, which gives true or { message }.',
  };
}

function nameProblem(name: unknown): CheckProblem | undefined {
  if (typeof name === 'string' && /^[\p{ID_Continue}$]+$/u.test(name)) return undefined;
  return {
    message: `defineCheck({ name: ${previewValue(name)} }) cannot end the name of a node`,
    hint: 'Use letters, digits, _ and $ only.',
  };
}
