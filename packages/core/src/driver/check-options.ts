import { aListOfAdapters } from '../adapters/adapter-rule.js';
import { optionProblems, refuseOptions } from '../errors/option-problems.js';
import { aRecord, aRecordOf } from '../errors/option-rules.js';
import { graphRules } from '../engine/option-checks-part.js';

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkDriverOptions(options: unknown): void {
  const rules = {
    ...graphRules,
    params: aRecordOf(aRecord),
    executors: aRecord,
    cache: aRecord,
    adapters: aListOfAdapters,
  };
  refuseOptions(optionProblems(options, rules));
}
