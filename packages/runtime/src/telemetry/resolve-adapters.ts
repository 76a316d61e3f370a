/** From `run.withAdapter` to adapters that can be made: found through the registry, their options judged. */
import { boundedList, isRecord, type Problem } from '@flowerpower/core';
import { parseOptions } from '@flowerpower/io';
import type { AdapterFactory, Registry } from '@flowerpower/plugin';
import type { AdapterSettings, PipelineDefinition } from '../config/pipeline-definition.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf, runtimeError } from '../errors/runtime-error.js';

export interface ChosenAdapter {
  readonly name: string;
  readonly factory: AdapterFactory;
  /** As its schema gives them. */
  readonly options: unknown;
}

export interface AdapterResolution {
  readonly adapters: readonly ChosenAdapter[];
  readonly problems: readonly Problem[];
  /** What the configuration says without effect. */
  readonly warnings: readonly string[];
}

const none: AdapterResolution = { adapters: [], problems: [], warnings: [] };

/** Other names of the Python FlowerPower → ours. */
const renamed: Readonly<Record<string, string>> = { progressbar: 'progress' };

/** Those of the Python FlowerPower that there are not → what to do. */
const refused: Readonly<Record<string, string>> = {
  hamilton_tracker:
    'The server of Hamilton cannot be told of runs from here. To watch runs elsewhere use opentelemetry, openlineage or mlflow.',
  ray: 'Nodes run in this process. Remove it; independent asynchronous nodes run concurrently anyway.',
};

/** @param shared - options by name, below those of the pipeline, which are below those in `run.withAdapter`. */
export function resolveAdapters(
  { run, adapter: settings = {} }: Pick<PipelineDefinition, 'run' | 'adapter'>,
  registry: Registry,
  shared: AdapterSettings = {},
): AdapterResolution {
  if (run.withAdapter === undefined) return none;
  const adapters: ChosenAdapter[] = [];
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const [key, choice] of Object.entries(run.withAdapter)) {
    if (choice === false || choice === null || choice === undefined) continue;
    const at = `run.withAdapter.${key}`;
    const name = renamed[snakeCase(key)] ?? key;
    const hint = Object.hasOwn(refused, snakeCase(key)) ? refused[snakeCase(key)] : undefined;
    if (choice !== true && !isRecord(choice)) {
      problems.push({
        code: 'FP_INVALID_RUN_OPTION',
        message: `${at} must be true, false, or a map of options.`,
      } satisfies RuntimeProblem);
    } else if (hint !== undefined) {
      problems.push({ code: 'FP_UNKNOWN_ADAPTER', message: `${at}: There is no adapter '${key}'.`, hint });
    } else if (name === 'future') {
      warnings.push(`${at} has no effect: independent asynchronous nodes run concurrently anyway.`);
    } else if (adapters.some((each) => each.name === name)) {
      problems.push({
        code: 'FP_INVALID_RUN_OPTION',
        message: `${at} names the adapter '${name}' once more.`,
      } satisfies RuntimeProblem);
    } else {
      const given = { ...shared[name], ...settings[name], ...(choice === true ? {} : choice) };
      try {
        const factory = registry.adapter(name);
        adapters.push({ name, factory, options: acceptOptions(name, factory, given) });
      } catch (error) {
        const found = problemsOf(error).map((problem) => ({
          ...problem,
          message: `${at}: ${problem.message}`,
        }));
        problems.push(...found);
      }
    }
  }
  return { adapters, problems, warnings };
}

function acceptOptions(
  name: string,
  { options }: AdapterFactory,
  given: Readonly<Record<string, unknown>>,
): unknown {
  if (options !== undefined) return parseOptions({ type: name, options }, given);
  if (Object.keys(given).length === 0) return {};
  throw runtimeError({
    code: 'FP_INVALID_RUN_OPTION',
    message: `${name} has no options, but is given ${boundedList(Object.keys(given))}.`,
  });
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
