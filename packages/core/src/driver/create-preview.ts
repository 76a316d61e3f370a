/** What a run would do, without doing it. */
import { branchPart } from '../branch/branch-part.js';
import type { LastKey } from '../cache/explain.js';
import { composeEngine } from '../engine/compose-engine.js';
import type { Engine } from '../engine/engine.js';
import { executorsPart } from '../engine/executors-part.js';
import { paramsPart } from '../engine/params-part.js';
import { explanationsPart } from '../explanations/explanations-part.js';
import { fanOutPart } from '../fan-out/fan-out-part.js';
import { inspectionPart } from '../inspect/inspection-part.js';
import type { PlanSummary } from '../inspect/plan-summary.js';
import type { NodeLog } from '../model/functions.js';
import type { GraphNode } from '../model/graph.js';
import { collectPreviews } from '../preview/collect-previews.js';
import { type NodePreview, PreviewTallies } from '../preview/node-preview.js';
import { previewPart, type PreviewRun } from '../preview/preview-part.js';
import { untilOf } from '../preview/withheld.js';
import { readOncePart } from '../read-once/read-once-part.js';
import type { DriverOptions } from './create-driver.js';

type Values = Readonly<Record<string, unknown>>;

export interface PreviewOptions extends Omit<DriverOptions<readonly object[]>, 'adapters' | 'log'> {
  /** What an earlier driver knew of the last key of each node, as its `cache.lastKeys()` gives it. Default: nothing. */
  readonly lastKeys?: Readonly<Record<string, LastKey>> | undefined;
  /** True where nothing is in the store, so that also what is given by other nodes cannot be found. Default false. */
  readonly cacheIsEmpty?: boolean | undefined;
}

export interface PreviewRequest {
  readonly inputs?: Values | undefined;
  readonly overrides?: Values | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default: that of the options. */
  readonly maxConcurrency?: number | undefined;
  /** Nodes that are computed after all where their values are not found, such as loaders. Default: none. */
  readonly computes?: ((node: GraphNode) => boolean) | undefined;
}

export interface RunPreview {
  /** Of every node that the run would plan, in topological order. */
  readonly nodes: readonly NodePreview[];
  /** Of the outputs, those that are found in the cache, or given. */
  readonly values: Values;
}

/**
 * Says what a run of a driver with the same options would do, node by node: computed, taken from the cache, or unknown
 * until other nodes have run. No function of a module is called and nothing is stored. The cache is read as the run would
 * read it, values included, so that keys and items of fan-outs are the same.
 *
 * It is right as long as nothing fails and nobody changes the cache in between.
 *
 * @returns a function that throws, as a rejection, what `execute` would reject with before anything runs.
 *
 * @example
 * ```ts
 * import { createDriver, createPreview, memoryCacheStore } from '@flowerpower/core';
 *
 * const m = { double: ({ x }: { x: number }) => 2 * x, text: ({ double }: { double: number }) => `${double}` };
 * const options = { modules: [m], cache: { store: memoryCacheStore() } };
 * createDriver(options).executeSync(['text'], { inputs: { x: 2 } });
 *
 * const preview = createPreview(options);
 * const { nodes } = await preview(['text'], { inputs: { x: 3 } });
 * nodes.map(({ node, action }) => `${node}: ${action}`); // ['double: run', 'text: unknown']
 * ```
 */
export function createPreview(
  options: PreviewOptions,
): (outputs: readonly string[], request?: PreviewRequest) => Promise<RunPreview> {
  const { params = {}, executors, cache, lastKeys, cacheIsEmpty, ...graphOptions } = options;
  const branch = branchPart();
  const parts = [
    previewPart({ cache, lastKeys, cacheIsEmpty, branches: branch.branches! }),
    fanOutPart(),
    branch,
    paramsPart(params),
    readOncePart(),
    explanationsPart(),
    executors && executorsPart(executors),
    inspectionPart(),
  ].filter((part) => !!part);
  const engine = composeEngine({ ...graphOptions, log: nowhere, parts }) as PreviewingEngine;
  return async (outputs, request = {}) => {
    const { inputs, overrides, computes = () => false } = request;
    const { nodes } = engine.graph;
    const planned = engine.plan(outputs, { inputs, overrides }).nodes.map((name) => nodes.get(name)!);
    const tallies = new PreviewTallies();
    const { maxConcurrency = graphOptions.maxConcurrency, signal } = request;
    const report = await engine.run(outputs, {
      inputs: inputs ?? {},
      overrides: overrides ?? {},
      ...(signal !== undefined && { signal }),
      ...(maxConcurrency !== undefined && { maxConcurrency }),
      onError: 'continue',
      preview: { tallies, computes },
    });
    signal?.throwIfAborted();
    return {
      nodes: collectPreviews(engine.graph, planned, tallies),
      values: Object.fromEntries(
        Object.entries(report.outputs).filter(([, value]) => untilOf(value).size === 0),
      ),
    };
  };
}

interface PreviewingEngine extends Engine<Record<string, unknown>, Values, { readonly preview: PreviewRun }> {
  plan(outputs: readonly string[], request: Pick<PreviewRequest, 'inputs' | 'overrides'>): PlanSummary;
}

/** Whatever there is to say is said by the run. */
const nowhere: NodeLog = { debug() {}, info() {}, warn() {}, error() {} };
