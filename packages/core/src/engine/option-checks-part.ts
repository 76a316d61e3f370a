/** What an engine and its runs may be given, for whoever writes JavaScript or reads options from somewhere. */
import { optionProblems, refuseOptions, requireArgument } from '../errors/option-problems.js';
import {
  aBoolean,
  aChoice,
  aConcurrency,
  aFunction,
  aListOf,
  aNameList,
  anyText,
  aLog,
  aPlainRecord,
  aRecord,
  aSignal,
  aText,
  aWhole,
  type OptionRule,
  type OptionRules,
  required,
} from '../errors/option-rules.js';
import { readProperty } from '../errors/read-property.js';
import type { CheckedOptions, CheckRun, Part } from './part.js';

export const graphRules: OptionRules = {
  modules: /* @__PURE__ */ required(
    /* @__PURE__ */ aListOf('modules', 'Write modules: [module], or [await import(…)].'),
  ),
  config: aRecord,
  allowModuleOverrides: aBoolean,
  maxConcurrency: aConcurrency,
  log: aLog,
  resources: aRecord,
};

const runRules: OptionRules = {
  inputs: aPlainRecord,
  overrides: aPlainRecord,
  order: aFunction,
  signal: aSignal,
  maxConcurrency: aConcurrency,
  onError: /* @__PURE__ */ aChoice('fail', 'continue'),
  runId: aText,
  attempt: /* @__PURE__ */ aWhole(1),
  log: aLog,
};

/**
 * Checks what `createEngine` is given, and what each run is asked for, as `createDriver` always does. Without this part
 * only types check them: a misspelt option is ignored, and what cannot be used throws whatever it throws.
 *
 * What it refuses is a FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one.
 *
 * @example
 * ```ts
 * import { createEngine, optionChecksPart } from '@flowerpower/core/engine';
 *
 * const given = JSON.parse('{ "onEror": "continue" }') as object;
 * const engine = createEngine({ modules: [{ a: () => 1 }], parts: [optionChecksPart()] });
 * engine.executeSync(['a'], given); // throws FP_BAD_OPTION: There is no option 'onEror'.
 * ```
 */
export function optionChecksPart(): Part {
  return {
    checks(options) {
      const parts = aListOf('parts', 'Write parts: [fanOutPart()].');
      refuseOptions(optionProblems(options, { ...graphRules, parts }));
      return checkedRuns(options);
    },
  };
}

/** Looks at what each run is asked for, before anything is planned. */
export function checkedRuns({ parts }: CheckedOptions): CheckRun {
  const names = outputNames();
  const rules: OptionRules = Object.assign({}, runRules, ...parts.map(({ runOptions }) => runOptions));
  return (outputs, options) => {
    requireArgument('outputs', names, outputs);
    refuseOptions(optionProblems(options, rules));
  };
}

function outputNames(): OptionRule {
  return {
    ...aNameList,
    hint: (value) => `Write ['${typeof value === 'string' ? value : 'name'}'].`,
    item: {
      ...anyText,
      expected: 'the name of a node',
      // A node was given in place of its name.
      hint(value) {
        const name = readProperty(value, 'name');
        return (name && `Write '${name as string}'.`) as string | undefined;
      },
    },
  };
}
