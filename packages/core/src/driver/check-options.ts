/** What a driver and its runs may be given, for whoever writes JavaScript or reads options from somewhere. */
import { optionProblem, optionProblems, refuseOptions } from '../errors/option-problems.js';
import {
  aBoolean,
  aConcurrency,
  aListOf,
  aLog,
  aPlainRecord,
  aRecord,
  aSignal,
  aText,
  aWhole,
  aChoice,
  type OptionRules,
  required,
} from '../errors/option-rules.js';
import { readProperty } from '../errors/read-property.js';
import { aListOfAdapters } from '../adapters/adapter-rule.js';
import type { Part } from '../engine/part.js';

const driverRules: OptionRules = {
  modules: /* @__PURE__ */ required(/* @__PURE__ */ aListOf('modules', 'Write modules: [module].')),
  config: aRecord,
  allowModuleOverrides: aBoolean,
  maxConcurrency: aConcurrency,
  log: aLog,
  resources: aRecord,
  params: aRecord,
  executors: aRecord,
  cache: aRecord,
  adapters: aListOfAdapters,
};

const runRules: OptionRules = {
  inputs: aPlainRecord,
  overrides: aPlainRecord,
  signal: aSignal,
  maxConcurrency: aConcurrency,
  onError: /* @__PURE__ */ aChoice('fail', 'continue'),
  runId: aText,
  attempt: /* @__PURE__ */ aWhole(1),
  log: aLog,
  adapters: aListOfAdapters,
};

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkDriverOptions(options: unknown): void {
  refuseOptions(optionProblems(options, driverRules));
}

/** Looks at what each run is asked for, before anything is planned. */
export function checkedRunsPart(): Part {
  return {
    checkRun(outputs, options) {
      checkOutputs(outputs);
      refuseOptions(optionProblems(options, runRules));
    },
  };
}

function checkOutputs(outputs: unknown): void {
  if (!Array.isArray(outputs)) {
    const hint = `Write [${typeof outputs === 'string' ? `'${outputs}'` : "'name'"}].`;
    refuseOptions([optionProblem('The outputs', { expected: 'a list of names', hint }, outputs)]);
  }
  const wrong = (outputs as readonly unknown[]).findIndex((name) => typeof name !== 'string');
  if (wrong === -1) return;
  const given: unknown = (outputs as readonly unknown[])[wrong];
  const name = typeof given === 'function' ? readProperty(given, 'name') : undefined;
  const hint = typeof name === 'string' && name !== '' ? `Write '${name}'.` : undefined;
  const subject = `Item ${wrong} of the outputs`;
  refuseOptions([optionProblem(subject, { expected: 'the name of a node', hint }, given)]);
}
