/** Arguments of modifiers. They are looked at when a graph is built, where the export is known that has the modifier. */
import type { CoreProblem } from '../errors/catalogue.js';
import { valueProblems } from '../errors/option-problems.js';
import { aFunction, aNameList, aRecord, type OptionRule } from '../errors/option-rules.js';
import type { ModifierStep } from '../model/definition.js';
import { modifierProblem } from './modifier-problem.js';

/** A step that changes nothing when there are problems with its arguments, and reports them for the export. */
export function checkedStep(problemsOf: () => readonly CoreProblem[], step: ModifierStep): ModifierStep {
  return {
    ...step,
    apply(nodes, context) {
      const problems = problemsOf();
      if (problems.length === 0) return step.apply(nodes, context);
      const [first] = nodes;
      for (const { message, hint } of first === undefined ? [] : problems)
        context.report(modifierProblem(first!, step.name, goOn(message), hint));
      return nodes;
    },
  };
}

/** The sentence goes on after the name of the modifier, and gets its full stop there. */
function goOn(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

/** @param subject - what is looked at, as the first words of a sentence. */
export function argumentProblems(subject: string, rule: OptionRule, value: unknown): readonly CoreProblem[] {
  return rule.fits(value) ? [] : valueProblems(subject, rule, value);
}

/** For a record whose keys users choose: each of its values must keep the rule, `undefined` as well. */
export function entryProblems(subject: string, rule: OptionRule, values: unknown): readonly CoreProblem[] {
  if (!aRecord.fits(values)) return valueProblems(subject, { ...aRecord, hint: rule.hint }, values);
  return Object.entries(values as object).flatMap(([name, value]) =>
    argumentProblems(`${subject}: '${name}'`, rule, value),
  );
}

/** A name, or several. */
export const someNames: OptionRule = {
  fits: (value) => isName(value) || (Array.isArray(value) && value.length > 0 && value.every(isName)),
  expected: 'a name or a list of names',
};

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** For keys of the configuration, and a function of their values. */
export function choiceProblems(keys: unknown, subject: string, choose: unknown): readonly CoreProblem[] {
  return [
    ...argumentProblems('What it reads of the configuration', aNameList, keys),
    ...argumentProblems(subject, aFunction, choose),
  ];
}
