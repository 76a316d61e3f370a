/** Problems of the engine, which knows neither projects nor YAML, with what a user of a pipeline can do. */
import type { Problem } from '@flowerpower/core';
import { destructureHint, helperHint } from '../../pipeline/helper-hint.js';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';
import type { RunOverrides } from './run-overrides.js';

export function advisedProblem(
  problem: Problem,
  { definition, graph }: Pick<BuiltPipeline, 'definition' | 'graph'>,
  { outputs = [] }: Pick<RunOverrides, 'outputs'>,
): Problem {
  const { code, message, hint } = problem;
  if (code === 'FP_MISSING_INPUT') {
    if (hint?.startsWith('Variants of'))
      return { ...problem, hint: `${hint} Give what they ask for under run.config, or with -c name=value.` };
    const users = namesIn(/ needed by (.*)$/.exec(message)?.[1] ?? '');
    const hints = [
      hint,
      destructureHint(graph, users, namesIn(message)[0]!),
      helperHint(graph, users, outputs.length > 0 ? outputs : definition.run.finalVars),
    ];
    return { ...problem, hint: hints.filter((each) => each !== undefined).join(' ') };
  }
  const [name = ''] = namesIn(message);
  if (code === 'FP_UNKNOWN_OVERRIDE' && isSetting(name, definition.run)) {
    const advice = `overrides are values that stand in for nodes. '${name}' is a setting: give ${
      name === 'run' ? 'what is in it' : 'it'
    } beside overrides, as in { cache: { enabled: false } }.`;
    return { ...problem, hint: advice };
  }
  return problem;
}

function isSetting(name: string, run: object): boolean {
  return ['run', 'params', 'io'].includes(name) || Object.hasOwn(run, name);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
}
