/**
 * Refuses options that the compiler would have refused: whoever calls may write JavaScript, or read what is given
 * from somewhere. Every fault is told at once.
 */
import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import { readProperty } from '../errors/read-property.js';
import { shapeOf } from '../errors/shape-of.js';
import { didYouMean } from '../errors/suggest.js';
import type { Part } from '../engine/part.js';
import { ownProperty } from '../model/own-property.js';

/** What an option must be. `undefined` always counts as not given. */
interface OptionRule {
  fits(value: unknown): boolean;
  /** Reads on after "must be". */
  readonly expected: string;
  readonly hint?: string | undefined;
}

/** By the name of the option. */
type OptionRules = Readonly<Record<string, OptionRule>>;

const recordOfValues: OptionRule = { fits: isRecord, expected: 'an object of values by name' };

const listOfObjects = (expected: string, hint?: string): OptionRule => ({
  fits: (value) => Array.isArray(value) && value.every(isObject),
  expected,
  hint,
});

const maxConcurrency: OptionRule = {
  fits: (value) => value === Number.POSITIVE_INFINITY || isWholeFromOne(value),
  expected: 'a whole number of at least 1',
};

const log: OptionRule = {
  fits: (value) => ['debug', 'info', 'warn', 'error'].every((level) => isMethod(value, level)),
  expected: 'an object with the methods debug, info, warn and error',
};

const adapters = listOfObjects('a list of adapters', 'Write adapters: [adapter].');

const driverRules: OptionRules = {
  modules: listOfObjects('a list of modules', 'Write modules: [module].'),
  config: recordOfValues,
  allowModuleOverrides: { fits: (value) => typeof value === 'boolean', expected: 'true or false' },
  maxConcurrency,
  log,
  resources: recordOfValues,
  params: recordOfValues,
  executors: recordOfValues,
  cache: recordOfValues,
  adapters,
};

const runRules: OptionRules = {
  inputs: recordOfValues,
  overrides: recordOfValues,
  signal: { fits: (value) => isMethod(value, 'addEventListener'), expected: 'an AbortSignal' },
  maxConcurrency,
  onError: { fits: (value) => value === 'fail' || value === 'continue', expected: "'fail' or 'continue'" },
  runId: { fits: (value) => typeof value === 'string' && value !== '', expected: 'a text' },
  attempt: { fits: isWholeFromOne, expected: 'a whole number of at least 1' },
  log,
  adapters,
};

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkDriverOptions(options: unknown): void {
  checkOptions(options, driverRules);
  const { modules } = options as { readonly modules?: unknown };
  const { expected, hint } = driverRules['modules']!;
  if (modules === undefined) refuse([problem('modules', expected, modules, hint)]);
}

/** Looks at what each run is asked for, before anything is planned. */
export function checkedRunsPart(): Part {
  return {
    checkRun(outputs, options) {
      checkOutputs(outputs);
      checkOptions(options, runRules);
    },
  };
}

function checkOptions(options: unknown, rules: OptionRules): void {
  if (!isRecord(options)) refuse([problem('The options', 'an object', options)]);
  let problems: CoreProblem[] | undefined;
  for (const name in options as object) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    const rule = ownProperty(rules, name);
    if (value === undefined || rule?.fits(value)) continue;
    (problems ??= []).push(
      rule === undefined ? unknownOption(name, rules) : problem(name, rule.expected, value, rule.hint),
    );
  }
  if (problems !== undefined) refuse(problems);
}

function checkOutputs(outputs: unknown): void {
  if (!Array.isArray(outputs)) {
    const hint = `Write [${typeof outputs === 'string' ? `'${outputs}'` : "'name'"}].`;
    refuse([problem('The outputs', 'a list of names', outputs, hint)]);
  }
  const wrong = (outputs as readonly unknown[]).findIndex((name) => typeof name !== 'string');
  if (wrong === -1) return;
  const given: unknown = (outputs as readonly unknown[])[wrong];
  const name = typeof given === 'function' ? readProperty(given, 'name') : undefined;
  const hint = typeof name === 'string' && name !== '' ? `Write '${name}'.` : undefined;
  refuse([problem(`Item ${wrong} of the outputs`, 'the name of a node', given, hint)]);
}

function unknownOption(name: string, rules: OptionRules): CoreProblem {
  const names = Object.keys(rules);
  return {
    code: 'FP_BAD_OPTION',
    message: `There is no option '${name}'.`,
    hint: didYouMean(name, names) ?? `The options are: ${names.join(', ')}.`,
  };
}

function problem(subject: string, expected: string, value: unknown, hint?: string): CoreProblem {
  return {
    code: 'FP_BAD_OPTION',
    message: `${subject} must be ${expected}, not ${shapeOf(value)}.`,
    hint,
  };
}

function refuse(problems: readonly CoreProblem[]): void {
  throw errorFromProblems(problems, { code: 'FP_BAD_OPTION', title: 'Some options cannot be used' });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** No list, map or set: their items would be no properties. */
function isRecord(value: unknown): boolean {
  return isObject(value) && readProperty(value, Symbol.iterator) === undefined;
}

function isWholeFromOne(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}

function isMethod(value: unknown, name: string): boolean {
  return typeof readProperty(value, name) === 'function';
}
