/** Slices that the graph alone decides: from, to and tags. */
import {
  boundedList,
  downstreamOf,
  type Graph,
  type GraphNode,
  listAvailableVariables,
  nameList,
  upstreamOf,
} from '@flowerpower/core';
import { runtimeError } from '../errors/runtime-error.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import type { SliceOptions } from '../config/slice-options.js';

/** What a run is restricted to, with every name known. */
export interface Slice {
  /** Nodes and savers to compute; undefined for those that are asked for anyway. */
  readonly requested?: readonly string[] | undefined;
  /** The savers that may come along; undefined for those of every node that is computed. */
  readonly savers?: ReadonlySet<string> | undefined;
  /** Nodes that are computed whatever the cache has. */
  readonly anew: ReadonlySet<string>;
  /** Values that are taken from where they are kept, and where that is, in words. */
  readonly taken: ReadonlyMap<string, TakenValue>;
  /** True where nothing has to be done: an empty run is a good one. */
  readonly mayBeEmpty?: boolean;
  /** What is left out although it was asked for, in words. */
  readonly warnings?: readonly string[];
}

export interface TakenValue {
  readonly because: string;
  /** A stand-in where nothing is read because no run follows. */
  readonly value: unknown;
  /** The nodes that run before it is known whether the value is there. */
  readonly until?: readonly string[];
}

type Asked = Pick<SliceOptions, 'from' | 'to' | 'tags'> & {
  readonly outputs?: readonly string[] | undefined;
};

/** @throws FlowerPowerError `FP_UNKNOWN_NODE`, `FP_BAD_TAG_FILTER`, `FP_SLICE_EMPTY`. */
export function sliceGraph({ graph, outputs, savedAs }: BuiltPipeline, asked: Asked): Slice {
  const { from = [], to = [], tags = {} } = asked;
  const requested = requestedBy(graph, { ...asked, to, tags });
  if (from.length === 0) return { requested, anew: new Set(), taken: new Map() };
  const below = new Set(downstreamOf(graph, ...from, ...ownNodes(graph, from)));
  const isComputed = (name: string) => !['input', 'config'].includes(graph.nodes.get(name)!.kind);
  const anew = new Set([...below].filter(isComputed));
  const savers = new Set([...anew].filter((name) => savedAs.has(name)));
  if (requested !== undefined) {
    const needed = new Set(upstreamOf(graph, ...requested));
    const idle = from.filter((name) => !needed.has(name));
    if (idle.length > 0) throw nothingBetween(idle, requested);
    return { requested, savers, anew, taken: new Map() };
  }
  const usual = outputs.filter((name) => anew.has(name));
  const ends = usual.length > 0 ? usual : endsOf(graph, anew);
  return { requested: [...new Set([...ends, ...savers])], savers, anew, taken: new Map() };
}

function requestedBy(
  graph: Graph,
  { outputs = [], to, tags }: Required<Pick<SliceOptions, 'to' | 'tags'>> & Asked,
): readonly string[] | undefined {
  if (to !== undefined && to.length > 0) return upstreamOf(graph, ...to) && to;
  if (tags === undefined || Object.keys(tags).length === 0) return outputs.length > 0 ? outputs : undefined;
  const tagged = listAvailableVariables(graph, { tags }).map(({ name }) => name);
  if (tagged.length > 0) return tagged;
  const known = new Set([...graph.nodes.values()].flatMap((node) => Object.keys(node.tags)));
  throw runtimeError({
    code: 'FP_SLICE_EMPTY',
    message: `No node has the tags ${boundedList(Object.entries(tags).map(([key, value]) => (value === null ? key : `${key}=${String(value)}`)))}.`,
    hint:
      known.size === 0
        ? 'No node of this pipeline has a tag.'
        : `Tags of this pipeline: ${boundedList(known)}.`,
  });
}

/** Those that no other node of the slice uses, without savers, which are asked for by themselves. */
function endsOf({ nodes }: Graph, names: ReadonlySet<string>): string[] {
  const used = new Set<string>();
  for (const name of names) {
    const { kind, dependencies } = nodes.get(name)!;
    if (kind !== 'saver') for (const { node } of dependencies) used.add(node);
  }
  return [...names].filter((name) => nodes.get(name)!.kind !== 'saver' && !used.has(name));
}

/**
 * The nodes that are what a user calls by one name: a modifier makes several of one export, as the value before its checks,
 * and data that is loaded is a pair before it is a value.
 */
export function ownNodes({ nodes }: Graph, names: readonly string[]): string[] {
  const own = new Set(names);
  for (const name of own) {
    const node = nodes.get(name);
    for (const { node: source } of node?.dependencies ?? []) {
      if (isPartOf(nodes.get(source), node!)) own.add(source);
    }
  }
  return [...own];
}

function isPartOf(source: GraphNode | undefined, node: GraphNode): boolean {
  if (source === undefined || source.module === undefined) return false;
  if (node.loaded === 'value') return source.loaded === 'pair';
  return source.module === node.module && source.exportName === node.exportName;
}

function nothingBetween(from: readonly string[], to: readonly string[]): Error {
  return runtimeError({
    code: 'FP_SLICE_EMPTY',
    message: `${nameList(to)} ${to.length === 1 ? 'does' : 'do'} not need ${nameList(from)}, so there is nothing to compute between them.`,
    hint: 'Leave one of the two out, or name a node that the other one needs.',
  });
}
