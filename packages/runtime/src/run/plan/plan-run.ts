/** What a run would do: each node with its reason, and what is written over. */
import { isFileSystemError } from '@flowerpower/fs';
import type { GraphNode, NodePreview } from '@flowerpower/core';
import type { ExecutionContext } from '../../context/build-execution-context.js';
import type { FileRef } from '../../context/file-systems.js';
import { type PreparedRun, requestedNames } from '../prepare/prepare-run.js';
import { becauseOf } from '../../plan/because.js';
import type { PipelinePlan, PlannedNode, PlannedSave } from '../../plan/pipeline-plan.js';
import type { PipelinePreview } from '../../plan/preview-pipeline.js';
import { savedFiles } from '../../plan/saved-files.js';
import type { Slice, TakenValue } from '../../plan/slice-graph.js';

export interface PlanOptions {
  readonly prepared: PreparedRun;
  readonly slice: Slice | undefined;
  readonly preview: PipelinePreview;
  readonly locate: ExecutionContext['locate'];
  readonly signal: AbortSignal | undefined;
  /** Whether loaders run, so that more is known of what needs their data. */
  readonly loads: boolean;
  /** About how long nodes take, in milliseconds. */
  readonly durations: ReadonlyMap<string, number>;
}

export async function planRun(options: PlanOptions): Promise<PipelinePlan> {
  const { prepared, slice, preview, signal, durations, loads } = options;
  const { built, inputs, overrides, outputs } = prepared;
  const { graph } = built;
  const request = requestedNames(prepared);
  const { nodes: foretold } = await preview(request, {
    inputs,
    overrides,
    signal,
    ...(loads && { computes: ({ kind }: GraphNode) => kind === 'loader' }),
  });
  const previews = new Map(foretold.map((each) => [each.node, each]));
  const nodes: PlannedNode[] = [];
  for (const { name, kind, loaded } of graph.nodes.values()) {
    if (kind === 'input' || kind === 'config') continue;
    const told = previews.get(name);
    const taken = slice?.taken.get(name);
    const planned =
      told !== undefined
        ? plannedNode(told, kind, called, slice?.anew.has(name) === true)
        : taken !== undefined
          ? takenNode(name, taken, called)
          : { node: name, action: 'skip' as const, because: whySkipped(name) };
    const expectedMs = ['run', 'unknown'].includes(planned.action) ? durations.get(name) : undefined;
    nodes.push({
      ...planned,
      ...(loaded !== undefined && { loaded }),
      ...(expectedMs !== undefined && { expectedMs }),
    });
  }
  const known = nodes.flatMap(({ expectedMs }) => expectedMs ?? []);
  return {
    pipeline: built.definition.name,
    outputs,
    nodes,
    saves: await savesOf(options),
    ...(known.length > 0 && { expectedMs: known.reduce((sum, each) => sum + each, 0) }),
  };

  function called(name: string): string {
    return built.valueNodes.get(name) ?? name;
  }

  function whySkipped(name: string): string {
    if (Object.hasOwn(overrides, name)) return 'its value is given';
    if (built.savedAs.has(name) && slice?.mayBeEmpty === true) return 'what it saves is there';
    const { nodes: without } = built.driver.plan(request, { inputs });
    if (without.includes(name)) return 'only values that are given would need it';
    return request.length === 0 ? 'nothing is missing' : 'nothing that is asked for needs it';
  }
}

function plannedNode(
  told: NodePreview,
  kind: string,
  called: (node: string) => string,
  isAnew: boolean,
): PlannedNode {
  const { node, action, reason, inputs, until, each, items } = told;
  return {
    node,
    action,
    because: isAnew && told.detail === 'recompute' ? 'computed anew' : becauseOf(told, kind, called),
    reason,
    ...(inputs !== undefined && action === 'run' && { changed: inputs }),
    ...(until !== undefined && { until }),
    ...(each !== undefined && { each }),
    ...(items !== undefined && { items }),
  };
}

function takenNode(
  node: string,
  { because, until }: TakenValue,
  called: (node: string) => string,
): PlannedNode {
  if (until === undefined) return { node, action: 'cached', because };
  if (until.length === 0) return { node, action: 'unknown', because, until };
  const names = [...new Set(until.map(called))].join(', ');
  return { node, action: 'unknown', because: `${because}: known when ${names} has run`, until };
}

async function savesOf({ prepared, locate }: PlanOptions): Promise<PlannedSave[]> {
  const { built, inputs, overrides, planned } = prepared;
  const runs = new Set(planned);
  const savers = [...built.savedAs.keys()].filter((name) => runs.has(name));
  const given = { ...built.definition.run.config, ...inputs, ...overrides };
  const saves: PlannedSave[] = [];
  for (const { saver, file } of savedFiles(built, savers, given)) {
    const node = built.savedAs.get(saver)!;
    saves.push(file === undefined ? { node } : { node, path: file.path, ...(await lookAt(file, locate)) });
  }
  return saves;
}

/** What is at a path. Nothing where nobody can tell, such as a service that does not answer. */
async function lookAt(
  file: FileRef,
  locate: ExecutionContext['locate'],
): Promise<Pick<PlannedSave, 'exists' | 'sizeBytes' | 'writtenAt'>> {
  try {
    const { fs, path } = locate(file);
    const { size, mtime } = await fs.stat(path.replace(/\/$/, ''));
    return {
      exists: true,
      ...(size !== undefined && { sizeBytes: size }),
      ...(mtime !== undefined && { writtenAt: mtime.toISOString() }),
    };
  } catch (error) {
    return isFileSystemError(error, 'NotFound') ? { exists: false } : {};
  }
}
