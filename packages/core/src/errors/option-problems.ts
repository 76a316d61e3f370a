/**
 * Refuses options that the compiler would have refused: whoever calls may write JavaScript, or read what is given
 * from somewhere. Every fault is reported at once.
 */
import type { CoreErrorCode, CoreProblem } from './catalogue.js';
import { errorFromProblems } from './flowerpower-error.js';
import { isRecord, type OptionRule, type OptionRules } from './option-rules.js';
import { shapeOf } from './shape-of.js';
import { didYouMean } from './suggest.js';

/**
 * What is wrong with options: a value that does not fit, a name that no rule has, one that must be there and is not.
 *
 * @param path - what stands in front of each name, with its dot: `run.retry.`. Default nothing.
 */
export function optionProblems(options: unknown, rules: OptionRules, path = ''): readonly CoreProblem[] {
  if (!isRecord(options)) return [optionProblem('The options', { expected: 'an object' }, options)];
  const problems: CoreProblem[] = [];
  for (const name in options) {
    const value = options[name];
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (value === undefined || rule?.fits(value)) continue;
    problems.push(
      rule
        ? optionProblem(path + name, rule, value)
        : badOption(
            `There is no option '${path}${name}'.`,
            didYouMean(name, Object.keys(rules)) ?? `The options are: ${Object.keys(rules).join(', ')}.`,
          ),
    );
  }
  for (const name in rules) {
    const rule = rules[name]!;
    if (rule.required && options[name] === undefined)
      problems.push(optionProblem(path + name, rule, undefined));
  }
  return problems;
}

/**
 * @param code - of the error and its problems. Default `FP_BAD_OPTION`.
 * @throws FlowerPowerError with every problem, or the only one; nothing if there is none.
 */
export function refuseOptions(problems: readonly CoreProblem[], code: CoreErrorCode = 'FP_BAD_OPTION'): void {
  if (problems.length === 0) return;
  const coded = problems.map((problem) => ({ ...problem, code }));
  throw errorFromProblems(coded, { code, title: 'Options cannot be used' });
}

/** @param of - whose options they are, in front of each message: `FlowerPowerProject.load`. @throws as `refuseOptions`. */
export function requireOptions(options: unknown, rules: OptionRules, of: string, code?: CoreErrorCode): void {
  refuseOptions(optionsOf(of, optionProblems(options, rules)), code);
}

/** For a value that is not an option, such as an argument. @throws as `refuseOptions`. */
export function requireArgument(subject: string, rule: OptionRule, value: unknown, of?: string): void {
  if (rule.fits(value)) return;
  const problems = [optionProblem(subject, rule, value)];
  refuseOptions(of === undefined ? problems : optionsOf(of, problems));
}

/** The problems, with whose options they are. */
export function optionsOf(of: string, problems: readonly CoreProblem[]): CoreProblem[] {
  return problems.map((problem) => ({ ...problem, message: `${of}: ${problem.message}` }));
}

export function optionProblem(
  subject: string,
  { expected, hint, choices, item }: Omit<OptionRule, 'fits'>,
  value: unknown,
): CoreProblem {
  const at = item && Array.isArray(value) ? value.findIndex((one) => !item.fits(one)) : -1;
  if (at >= 0) return optionProblem(`${subject}[${at}]`, item!, (value as readonly unknown[])[at]);
  const near = typeof value === 'string' && choices ? didYouMean(value, choices) : undefined;
  return badOption(`${subject} must be ${expected}, not ${shapeOf(value)}.`, near ?? hint);
}

function badOption(message: string, hint: string | undefined): CoreProblem {
  return { code: 'FP_BAD_OPTION', message, hint };
}
