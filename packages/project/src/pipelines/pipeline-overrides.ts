/** What one call changes against the files: part of it is configuration, part belongs to the run alone. */
import { type Overrides, type PipelineConfig, type RunConfig, runOptionList } from '@flowerpower/config';
import {
  anything,
  aRecord,
  type OptionRule,
  optionProblems,
  type OptionRules,
  optionsOf,
  refuseOptions,
} from '@flowerpower/core';
import { assignments, type Assignments } from '../configuration/assignments.js';
import { aCallback, type RunOverrides, runOverrideRules } from '@flowerpower/runtime';

/** Settings of `run:` for one call; `inputs` and `outputs` belong to the run itself. */
type RunSettings = {
  readonly [Key in Exclude<
    keyof RunConfig,
    'inputs' | 'finalVars' | 'onSuccess' | 'onFailure'
  >]?: Overrides<RunConfig>[Key];
};

/** Settings of one call, above all files and variables, and what only code can give. */
export interface PipelineOverrides extends Omit<RunOverrides, 'onSuccess' | 'onFailure'>, RunSettings {
  /** Called once, after a run that succeeded: a function, or the name of a hook. */
  readonly onSuccess?: RunOverrides['onSuccess'] | string;
  /** Called once, after a run that did not succeed: a function, or the name of a hook. */
  readonly onFailure?: RunOverrides['onFailure'] | string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Assignments as in `--set run.timeout=30`, and settings from flags. */
  readonly set?: Assignments | undefined;
}

const settings = new Set(
  runOptionList
    .map(({ path }) => path.split('.')[1]!)
    .filter((key) => key !== 'inputs' && key !== 'finalVars'),
);

const aCallbackOrName: OptionRule = {
  ...aCallback,
  fits: (value) => isName(value) || aCallback.fits(value),
  expected: `${aCallback.expected}, or the name of a hook`,
};

const rules: OptionRules = {
  ...runOverrideRules,
  params: aRecord,
  set: assignments,
  // What their values may be is for the configuration to say, with everything else that is wrong in it.
  ...Object.fromEntries([...settings].map((key) => [key, anything])),
  onSuccess: aCallbackOrName,
  onFailure: aCallbackOrName,
};

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkPipelineOverrides(overrides: unknown, of: string): void {
  const advised = optionProblems(overrides, rules).map((problem) => {
    const [, name] = /^There is no option '(.*)'\.$/.exec(problem.message) ?? [];
    return name === undefined ? problem : { ...problem, hint: hintFor(name, problem.hint) };
  });
  refuseOptions(optionsOf(of, advised));
}

/** What stands beside the settings in YAML, or is an input, is easily given beside them here. */
function hintFor(name: string, hint: string | undefined): string | undefined {
  if (name === 'finalVars') return "In code it is 'outputs'.";
  if (name === 'run') return 'Give what is in it without it, as in { timeout: 30 }.';
  return hint?.startsWith('Did you mean')
    ? hint
    : `If it is an input, write inputs: { ${name}: … }. ${hint ?? ''}`.trim();
}

/** The part that is configuration. Inputs are configuration too: `run.inputs`. */
export function configOverrides({ params, ...overrides }: PipelineOverrides): Overrides<PipelineConfig> {
  const run = Object.fromEntries(
    Object.entries(overrides).filter(([key, value]) => settings.has(key) && !isCallback(key, value)),
  );
  // An empty map would take the place of a value that is not known.
  return { ...(Object.keys(run).length > 0 && { run }), ...(params && { params }) };
}

/** The part that a run which resumes this one needs again. Functions are no data; whoever resumes gives them anew. */
export function settingsOf(overrides: PipelineOverrides): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(overrides).filter(
      ([key, value]) =>
        (settings.has(key) || key === 'params' || key === 'set') &&
        value !== undefined &&
        typeof value !== 'function',
    ),
  );
}

/** The part that belongs to the run alone. */
export function runOverrides(overrides: PipelineOverrides): RunOverrides {
  return Object.fromEntries(
    Object.entries(overrides).filter(
      ([key, value]) =>
        Object.hasOwn(runOverrideRules, key) && (!callbackKeys.has(key) || isCallback(key, value)),
    ),
  );
}

const callbackKeys = new Set(['onSuccess', 'onFailure']);

/** In code it may be a function, which is no configuration; a name is. */
function isCallback(key: string, value: unknown): boolean {
  return callbackKeys.has(key) && value !== undefined && value !== null && !isName(value);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}
