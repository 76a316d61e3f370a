/** The slice `only`: some nodes are computed, and every other value comes from where it is kept. */
import { nameList, upstreamOf } from '@flowerpower/core';
import type { IoNode } from '../context/bind-io.js';
import { runtimeError } from '../errors/runtime-error.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import type { PipelinePreview } from './preview-pipeline.js';
import { ownNodes, type Slice, type TakenValue } from './slice-graph.js';

export interface OnlyOptions {
  readonly built: BuiltPipeline;
  readonly only: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly preview: PipelinePreview;
  /** Whether loaders run and files are read: a run follows. Otherwise nothing is read but the cache. */
  readonly reads: boolean;
  /** Whether what a saver has saved is there. */
  readonly isThere: (saver: IoNode) => Promise<boolean>;
  /** What a saver has saved. Rejects where it cannot be read as what it was. */
  readonly readBack: (saver: IoNode) => Promise<unknown>;
}

/** @throws (rejects) FlowerPowerError `FP_UNKNOWN_NODE`; `FP_SLICE_VALUES` naming every value that is nowhere. */
export async function sliceOnly(options: OnlyOptions): Promise<Slice> {
  const { built, only, inputs, overrides, preview, reads } = options;
  const { graph, savedAs } = built;
  upstreamOf(graph, ...only);
  const named = new Set(ownNodes(graph, only));
  const savers = new Set([
    ...only.filter((name) => savedAs.has(name)),
    ...built.savers.filter(({ target }) => only.includes(target)).map(({ node }) => node),
  ]);
  const needed = neededFrom(built, [...named, ...savers], overrides);
  const found =
    needed.length === 0
      ? { nodes: [], values: {} }
      : await preview(needed, {
          inputs,
          overrides,
          ...(reads && { computes: ({ kind }) => kind === 'loader' }),
        });
  const foretold = new Map(found.nodes.map((each) => [each.node, each]));
  const taken = new Map<string, TakenValue>();
  const missing: string[] = [];
  for (const name of needed) {
    const told = foretold.get(name);
    const saver = built.savers.find(({ target, path }) => target === name && path !== undefined);
    if (Object.hasOwn(found.values, name))
      taken.set(name, { because: 'in the cache', value: found.values[name] });
    else if (saver !== undefined && (await options.isThere(saver))) {
      const because = `read back from ${saver.path}`;
      taken.set(name, { because, value: reads ? await options.readBack(saver) : placeholder(built, name) });
    } else if (!reads && (told?.action === 'unknown' || told?.reason === 'takes-side')) {
      const because = 'from the cache, if it is there';
      taken.set(name, { because, value: placeholder(built, name), until: told.until ?? [] });
    } else missing.push(name);
  }
  if (missing.length > 0) throw valuesMissing(built, missing);
  return {
    requested: [...only.filter((name) => !savedAs.has(name)), ...savers],
    savers,
    anew: named,
    taken,
  };
}

/** In the place of a value that no plan reads. What fans out has items that nobody knows. */
function placeholder({ graph }: BuiltPipeline, name: string): unknown {
  return graph.nodes.get(name)!.fanOut === undefined ? undefined : [][Symbol.iterator]();
}

/** What they are given by nodes that are not among them. Loaders run: what they load is where it is kept. */
function neededFrom(
  { graph }: BuiltPipeline,
  names: readonly string[],
  overrides: Readonly<Record<string, unknown>>,
): string[] {
  const inside = new Set(names);
  const needed = new Set<string>();
  for (const name of inside) {
    for (const { node } of graph.nodes.get(name)!.dependencies) {
      const { kind, loaded } = graph.nodes.get(node)!;
      if (inside.has(node) || kind === 'input' || kind === 'config' || Object.hasOwn(overrides, node))
        continue;
      if (kind === 'loader' || loaded !== undefined) inside.add(node);
      else needed.add(node);
    }
  }
  return [...needed];
}

function valuesMissing({ definition }: BuiltPipeline, missing: readonly string[]): Error {
  const isCached = definition.run.cache?.enabled === true;
  const [first] = missing;
  return runtimeError({
    code: 'FP_SLICE_VALUES',
    message: `${nameList(missing)} ${missing.length === 1 ? 'is' : 'are'} needed and not kept anywhere: ${isCached ? 'not in the cache' : 'there is no cache'}, and nothing saved.`,
    hint: `Name ${missing.length === 1 ? 'it' : 'them'} in only, too, or compute ${missing.length === 1 ? 'it' : 'them'} first (to: ${first})${isCached ? '' : ', with run.cache or io.save to keep what comes of it'}.`,
  });
}
