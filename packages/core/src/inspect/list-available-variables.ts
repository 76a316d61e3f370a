import { requireOptions } from '../errors/option-problems.js';
import { aRecord } from '../errors/option-rules.js';
import { requireGraph } from './known-names.js';
import type { Graph, GraphNode } from '../model/graph.js';
import { createTagFilter, type TagFilter } from './tag-filter.js';

export interface ListOptions {
  /** Keeps the nodes that fit every key. Default: every node. */
  readonly tags?: TagFilter | undefined;
}

/**
 * The nodes, inputs and config values of a graph, in topological order.
 *
 * @throws FlowerPowerError `FP_BAD_TAG_FILTER`, `FP_BAD_OPTION`.
 */
export function listAvailableVariables(graph: Graph, options: ListOptions = {}): readonly GraphNode[] {
  requireGraph(graph);
  requireOptions(options, { tags: aRecord }, 'listAvailableVariables');
  const { tags } = options;
  const nodes = [...graph.nodes.values()];
  return tags === undefined ? nodes : nodes.filter(createTagFilter(tags));
}
