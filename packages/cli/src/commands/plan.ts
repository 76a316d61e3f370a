import type { LoadedPipeline } from '@flowerpower/project';
import type { PipelinePlan } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { allOr, requireNamesOrAll } from '../options/all-or.js';
import { namesOf } from '../options/names-of.js';
import { readValues } from '../options/read-values.js';
import { refuseBound } from '../options/refuse-bound.js';
import { type RunFlags, settingsFrom } from '../options/run-options.js';
import { type SliceFlags, sliceFrom } from '../options/slice-options.js';
import { renderPlan } from '../render/plan.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, printWarnings, type ProjectOptions, withProject } from './options.js';

export interface PlanFlags extends ProjectOptions, RunFlags, SliceFlags {
  readonly load?: boolean;
  readonly all?: boolean;
}

/** The plans of some pipelines, one below the other. */
export function planPipelines(
  names: readonly string[],
  options: PlanFlags,
  terminal: Terminal,
): Promise<number> {
  requireNamesOrAll(names, options);
  return withProject(options, terminal, async ({ pipelineManager, warnings }) => {
    const set = settingsFrom(options);
    const wanted = await allOr(names, options, pipelineManager);
    const plans: PipelinePlan[] = [];
    for (const name of wanted) {
      const pipeline = await terminal.guard.load(name, () => pipelineManager.load(name, { set }));
      printWarnings(terminal, pipeline.warnings, warnings);
      const plan = await pipelineManager.plan(
        pipeline,
        {
          inputs: inputsOf(options, pipeline),
          outputs: namesOf('--outputs', options.outputs),
          ...sliceFrom(options),
          signal: terminal.signal,
        },
        { load: options.load },
      );
      plans.push(plan);
      if (options.json) continue;
      if (plans.length > 1) terminal.out('');
      terminal.out(renderPlan(plan, terminal, Date.now()));
      const awaitsLoaders = plan.nodes.some(({ until = [] }) =>
        until.some((each) => isLoader(each, pipeline)),
      );
      if (awaitsLoaders && options.load !== true)
        terminal.err(
          terminal.paint('dim', 'With --load the loaders run, and what follows from their data is known.'),
        );
    }
    if (options.json) printJson(terminal, names.length === 1 ? plans[0] : { plans });
    return success;
  });
}

function isLoader(name: string, { graph }: LoadedPipeline): boolean {
  return graph.nodes.get(name)?.kind === 'loader';
}

function inputsOf(options: RunFlags, pipeline: LoadedPipeline): Record<string, unknown> {
  const typeOf = (input: string) => pipeline.graph.nodes.get(input)?.type;
  const inputs = readValues('--inputs', options.inputs ?? [], typeOf);
  refuseBound(inputs, pipeline);
  return inputs;
}
