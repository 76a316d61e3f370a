import { type Graph, upstreamOf } from '@flowerpower/core';
import { success } from '../errors/exit-code.js';
import { type RunFlags, settingsFrom } from '../options/run-options.js';
import { readValues } from '../options/read-values.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, printWarnings, type ProjectOptions, withProject } from './options.js';

export interface ExplainCacheOptions extends ProjectOptions, RunFlags {}

/** Whether the values of nodes are in the cache, and what has changed of those that are not. */
export function explainCache(
  name: string,
  node: string | undefined,
  options: ExplainCacheOptions,
  terminal: Terminal,
): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager, warnings }) => {
    const pipeline = await terminal.guard.load(name, () =>
      pipelineManager.load(name, { set: settingsFrom(options) }),
    );
    printWarnings(terminal, pipeline.warnings, warnings);
    const { graph, configuration } = pipeline;
    const own = node === undefined ? undefined : partsOf(graph, node);
    const inputs = readValues('--inputs', options.inputs ?? [], (input) => graph.nodes.get(input)?.type);
    const plan = await pipelineManager.plan(
      pipeline,
      { inputs, ...(node !== undefined && { outputs: [node] }), signal: terminal.signal },
      { load: true },
    );
    const nodes = plan.nodes.filter((each) =>
      own === undefined ? each.action !== 'skip' && each.loaded !== 'pair' : own.has(each.node),
    );
    const { enabled } = configuration.value.run.cache;
    if (options.json) {
      printJson(terminal, { pipeline: plan.pipeline, enabled, nodes });
      return success;
    }
    const width = Math.min(32, Math.max(0, ...nodes.map((each) => each.node.length)));
    terminal.out(nodes.map((each) => `${each.node.padEnd(width)}  ${each.because}`));
    if (!enabled) terminal.err(`run.cache of '${plan.pipeline}' is not switched on, so nothing is kept.`);
    return success;
  });
}

/** The node, and those that modifiers have made of it on the way, as the value before its checks. */
function partsOf(graph: Graph, name: string): ReadonlySet<string> {
  const needed = upstreamOf(graph, name);
  const { module, exportName } = graph.nodes.get(name)!;
  return new Set(
    needed.filter((each) => {
      const other = graph.nodes.get(each)!;
      const isSame = module !== undefined && other.module === module && other.exportName === exportName;
      return each === name || (isSame && other.loaded !== 'pair');
    }),
  );
}
