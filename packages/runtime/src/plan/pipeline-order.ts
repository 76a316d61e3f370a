/** In which order pipelines run: one that loads what another one saves comes after it. */
import type { Problem } from '@flowerpower/core';
import type { ExecutionContext } from '../context/build-execution-context.js';
import type { FileRef } from '../context/file-systems.js';
import { meet, type Reach, reachOf } from '../context/path-reach.js';
import { runtimeError } from '../errors/runtime-error.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import { pathsInCode } from '../pipeline/paths-in-code.js';
import { savedFiles } from './saved-files.js';

export interface PipelineNeed {
  /** The pipeline that saves. */
  readonly pipeline: string;
  /** What it saves and the other one loads, as the saver writes it. */
  readonly path: string;
}

export interface OrderedPipeline {
  readonly pipeline: string;
  /** Those among the others that must have run before, in the order in which they run. */
  readonly needs: readonly PipelineNeed[];
}

interface Files {
  readonly name: string;
  readonly saves: readonly { readonly path: string; readonly reach: Reach }[];
  readonly loads: readonly Reach[];
}

/**
 * Whatever comes first needs nothing of what comes after it; else the order is that of the list. Only paths count that are
 * known before anything runs.
 *
 * @throws FlowerPowerError `FP_PIPELINE_ORDER`, which spells it.
 */
export function orderPipelines(
  pipelines: readonly BuiltPipeline[],
  { keyOf }: Pick<ExecutionContext, 'keyOf'>,
): OrderedPipeline[] {
  const files = pipelines.map((built) => filesOf(built, { keyOf }));
  const needs = new Map(
    files.map(({ name, loads }) => [
      name,
      files.flatMap((other): PipelineNeed[] => {
        if (other.name === name) return [];
        const met = other.saves.find(({ reach }) => loads.some((load) => meet(reach, load)));
        return met === undefined ? [] : [{ pipeline: other.name, path: met.path }];
      }),
    ]),
  );
  const order: string[] = [];
  const waiting = new Set(needs.keys());
  while (waiting.size > 0) {
    const next = [...waiting].find((name) => needs.get(name)!.every((need) => !waiting.has(need.pipeline)));
    if (next === undefined) throw cycleAmong(waiting, needs);
    waiting.delete(next);
    order.push(next);
  }
  const place = (name: string) => order.indexOf(name);
  return order.map((pipeline) => ({
    pipeline,
    needs: needs.get(pipeline)!.toSorted((a, b) => place(a.pipeline) - place(b.pipeline)),
  }));
}

function filesOf(built: BuiltPipeline, { keyOf }: Pick<ExecutionContext, 'keyOf'>): Files {
  const { definition, graph, savedAs, loaders } = built;
  const given = { ...definition.run.config, ...built.inputs };
  const saved = savedFiles(built, [...savedAs.keys()], given).flatMap(({ file }) => file ?? []);
  const loaded: FileRef[] = [
    ...loaders.flatMap(({ path, storageOptions }) => (path === undefined ? [] : [{ path, storageOptions }])),
    ...pathsInCode(graph, given).filter(({ writes }) => writes !== true),
  ];
  return {
    name: definition.name,
    saves: saved.map((file) => ({ path: file.path, reach: reachOf(file, true, { keyOf }) })),
    loads: loaded.map((file) => reachOf(file, false, { keyOf })),
  };
}

function cycleAmong(
  waiting: ReadonlySet<string>,
  needs: ReadonlyMap<string, readonly PipelineNeed[]>,
): Error {
  // Each of them needs another one, so whoever follows the needs comes back to where they were.
  const trail: { readonly name: string; readonly need: PipelineNeed }[] = [];
  let name = waiting.values().next().value;
  while (!trail.some((step) => step.name === name)) {
    const need = needs.get(name!)!.find(({ pipeline }) => waiting.has(pipeline))!;
    trail.push({ name: name!, need });
    name = need.pipeline;
  }
  const circle = trail.slice(trail.findIndex((step) => step.name === name));
  const said = circle.map(
    (step) => `'${step.name}' loads ${step.need.path}, which '${step.need.pipeline}' saves`,
  );
  const problem: Problem & { readonly code: 'FP_PIPELINE_ORDER' } = {
    code: 'FP_PIPELINE_ORDER',
    message: `The pipelines need each other, so none of them can be the first: ${said.join('; ')}.`,
    hint: 'Run them one by one, in the order that you mean, or let one of them load another file.',
  };
  return runtimeError(problem);
}
