/** Refuses a pipeline or a request that the compiler would have refused. Values and their ranges are looked at later. */
import {
  aBoolean,
  aFunction,
  aListOf,
  aNameList,
  aRecord,
  aSignal,
  anything,
  aText,
  isRecord,
  optionProblems,
  optionsOf,
  type OptionRule,
  type OptionRules,
  refuseOptions,
  required,
  requireOptions,
} from '@flowerpower/core';
import { sliceRules } from './slice-options.js';
import { aCallback } from '../callbacks/callback.js';
import { hookRules } from './run-hooks.js';

const definitionRules: OptionRules = {
  name: required(aText),
  modules: required(aListOf('modules', 'Write modules: [module].')),
  schemaModules: aRecord,
  params: required(aRecord),
  io: required(aRecord),
  parts: aRecord,
  run: required(aRecord),
  hooks: aRecord,
  placeOf: aFunction,
  giverOf: aFunction,
  isUnset: aFunction,
  settings: aRecord,
  mask: aFunction,
  adapter: aRecord,
  // Whoever loads a pipeline loads those that are part of it as well.
  pipelines: aRecord,
};

const entries: OptionRule = {
  fits: (value) => isRecord(value) && Object.values(value).every(isRecord),
  expected: 'an object of entries by name, each with its type and options',
};
const ioRules: OptionRules = { load: required(entries), save: required(entries) };

const names: OptionRule = {
  fits: (value) => typeof value === 'boolean' || aNameList.fits(value),
  expected: 'true or a list of names',
};

/** Groups of run options, each with what belongs in it. */
const runRules: Readonly<Record<string, OptionRules>> = {
  run: {
    inputs: required(aRecord),
    finalVars: required(aNameList),
    config: required(aRecord),
    executor: required(aRecord),
    retry: required(aRecord),
    cache: aRecord,
    timeout: anything,
    grace: anything,
    logLevel: anything,
    reload: aBoolean,
    // Modules are given; their names mean nothing here.
    additionalModules: aNameList,
    allowModuleOverrides: aBoolean,
    onError: required(aText),
    withAdapter: aRecord,
    captureConsole: aBoolean,
    maxConcurrency: anything,
    record: aBoolean,
    onSuccess: aCallback,
    onFailure: aCallback,
  },
  'run.executor': { type: required(aText), maxWorkers: anything, numCpus: anything, options: aRecord },
  'run.retry': {
    maxRetries: anything,
    retryDelay: anything,
    jitterFactor: anything,
    maxDelay: anything,
    jitter: anything,
    retryExceptions: required(aNameList),
  },
  'run.cache': {
    enabled: required(aBoolean),
    dir: aText,
    maxSizeBytes: anything,
    maxAge: anything,
    default: names,
    recompute: names,
    disable: names,
    ignore: names,
    defaultBehavior: anything,
    defaultLoaderBehavior: anything,
    defaultSaverBehavior: anything,
  },
};

const anEarlierRun: OptionRule = {
  fits: (value) => isRecord(value) && isRecord(value['from']) && isRecord(value['from']['header']),
  expected: '{ from, force }, with a run as RunStore.read gives it',
};

const aResultBuilder: OptionRule = {
  fits: (value) => aText.fits(value) || (isRecord(value) && typeof value['build'] === 'function'),
  expected: 'the name of a result builder, or an object with a function build',
};

/** What one run may be given. */
export const runOverrideRules: OptionRules = {
  inputs: aRecord,
  outputs: aNameList,
  overrides: aRecord,
  ...sliceRules,
  signal: aSignal,
  runId: aText,
  adapters: aListOf('adapters', 'Write adapters: [adapter].'),
  resultBuilder: aResultBuilder,
  onSuccess: aCallback,
  onFailure: aCallback,
  resume: anEarlierRun,
};

/** Of those that cannot change. */
const sound = new WeakSet<object>();

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkDefinition(definition: unknown): void {
  if (isRecord(definition) && sound.has(definition)) return;
  const problems = optionsOf('The pipeline', optionProblems(definition, definitionRules));
  const { io, run, hooks } = isRecord(definition) ? definition : {};
  if (isRecord(io)) problems.push(...optionProblems(io, ioRules, 'io.'));
  if (isRecord(run)) problems.push(...runProblems(run));
  if (isRecord(hooks)) problems.push(...optionProblems(hooks, hookRules, 'hooks.'));
  refuseOptions(problems);
  if (isRecord(definition) && Object.isFrozen(definition)) sound.add(definition);
}

/** @throws as `checkDefinition`. */
export function checkRunOverrides(overrides: unknown): void {
  requireOptions(overrides, runOverrideRules, 'The overrides of a run');
}

function runProblems(run: Readonly<Record<string, unknown>>) {
  return Object.entries(runRules).flatMap(([at, rules]) => {
    const group = at === 'run' ? run : run[at.slice('run.'.length)];
    return isRecord(group) ? optionProblems(group, rules, `${at}.`) : [];
  });
}
