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
  if (!isRecord(options)) return valueProblems('The options', { expected: 'an object' }, options);
  const known = Object.keys(rules);
  const problems: CoreProblem[] = [];
  const look = (name: string) => {
    const value = options[name];
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (value === undefined ? !rule?.required : rule?.fits(value)) return;
    const others = `The options are: ${known.join(', ')}.`;
    if (rule) problems.push(...valueProblems(path + name, rule, value));
    else problems.push(badOption(`There is no option '${path}${name}'.`, didYouMean(name, known) ?? others));
  };
  for (const name in options) look(name);
  for (const name of known) if (!(name in options)) look(name);
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
  const problems = valueProblems(subject, rule, value);
  refuseOptions(of === undefined ? problems : optionsOf(of, problems));
}

/** The problems, with whose options they are. */
export function optionsOf(of: string, problems: readonly CoreProblem[]): CoreProblem[] {
  return problems.map((problem) => ({ ...problem, message: `${of}: ${problem.message}` }));
}

/** Of a value that does not fit: what is wrong with it, or with each of its items that does not. */
export function valueProblems(
  subject: string,
  { expected, hint, choices, item, entry }: Omit<OptionRule, 'fits'>,
  value: unknown,
): readonly CoreProblem[] {
  const each = Array.isArray(value) ? item : isRecord(value) ? entry : undefined;
  if (each) {
    const wrong = Object.entries(value as object).filter(([, one]) => !each.fits(one));
    const place = (at: string) => subject + (each === item ? `[${at}]` : `.${at}`);
    if (wrong.length > 0) return wrong.flatMap(([at, one]) => valueProblems(place(at), each, one));
  }
  const near = choices && didYouMean(value as string, choices);
  const advice = typeof hint === 'function' ? hint(value) : hint;
  return [badOption(`${subject} must be ${expected}, not ${shapeOf(value)}.`, near ?? advice)];
}

function badOption(message: string, hint: string | undefined): CoreProblem {
  return { code: 'FP_BAD_OPTION', message, hint };
}
