/**
 * Refuses options that the compiler would have refused: whoever calls may write JavaScript, or read what is given
 * from somewhere. Every fault is reported at once.
 */
import type { CoreProblem } from './catalogue.js';
import { errorFromProblems } from './flowerpower-error.js';
import { isRecord, type OptionRule, type OptionRules } from './option-rules.js';
import { shapeOf } from './shape-of.js';
import { didYouMean } from './suggest.js';

export interface OptionsOwner {
  /** Whose options they are, in front of each message: `FlowerPowerProject.load`. Default nothing. */
  readonly of?: string | undefined;
  /** What stands in front of each name, with its dot: `run.retry.`. Default nothing. */
  readonly path?: string | undefined;
}

/** What is wrong with options: a value that does not fit, a name that no rule has, one that must be there and is not. */
export function optionProblems(
  options: unknown,
  rules: OptionRules,
  owner: OptionsOwner = {},
): readonly CoreProblem[] {
  if (!isRecord(options)) {
    const subject = owner.path === undefined ? 'The options' : owner.path.slice(0, -1);
    return [optionProblem(subject, anObject, options, owner.of)];
  }
  const { path = '' } = owner;
  const problems: CoreProblem[] = [];
  for (const name in options) {
    const value = options[name];
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (value === undefined || rule?.fits(value)) continue;
    problems.push(
      rule === undefined
        ? unknownOption(name, rules, owner)
        : optionProblem(`${path}${name}`, rule, value, owner.of),
    );
  }
  for (const name in rules) {
    const rule = rules[name]!;
    if (rule.required === true && options[name] === undefined)
      problems.push(optionProblem(`${path}${name}`, rule, undefined, owner.of));
  }
  return problems;
}

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function requireOptions(options: unknown, rules: OptionRules, of?: string): void {
  refuseOptions(optionProblems(options, rules, { of }));
}

/** For a value that is not an option, such as an argument. @throws as `requireOptions`. */
export function requireArgument(subject: string, rule: OptionRule, value: unknown, of?: string): void {
  if (!rule.fits(value)) refuseOptions([optionProblem(subject, rule, value, of)]);
}

/** @throws as `requireOptions`, if there is a problem. */
export function refuseOptions(problems: readonly CoreProblem[]): void {
  if (problems.length === 0) return;
  throw errorFromProblems(problems, { code: 'FP_BAD_OPTION', title: 'Some options cannot be used' });
}

/** @param of - as in `OptionsOwner`. */
export function optionProblem(
  subject: string,
  { expected, hint, choices }: Omit<OptionRule, 'fits'>,
  value: unknown,
  of?: string,
): CoreProblem {
  const message = `${prefix(of)}${subject} must be ${expected}, not ${shapeOf(value)}.`;
  const near = typeof value === 'string' && choices !== undefined ? didYouMean(value, choices) : undefined;
  return { code: 'FP_BAD_OPTION', message, hint: near ?? hint };
}

const anObject = { expected: 'an object' };

function unknownOption(name: string, rules: OptionRules, { of, path = '' }: OptionsOwner): CoreProblem {
  const names = Object.keys(rules);
  return {
    code: 'FP_BAD_OPTION',
    message: `${prefix(of)}There is no option '${path}${name}'.`,
    hint: didYouMean(name, names) ?? `The options are: ${names.join(', ')}.`,
  };
}

function prefix(of: string | undefined): string {
  return of === undefined ? '' : `${of}: `;
}
