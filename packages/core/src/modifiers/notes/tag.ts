import { tagFaults } from './tag-faults.js';
import { type NodeDefinition, withStep } from '../../model/definition.js';
import type { Tags } from '../../model/graph.js';

/**
 * Adds tags to the node. A later tag of the same key replaces an earlier one. Tags never change what a node
 * computes; listings and pictures show them.
 *
 * An empty name, and what is neither a text nor a list of texts, are problems `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { node, tag } from '@flowerpower/core';
 *
 * export const spend = node(({ rows }: { rows: number[] }) => rows, tag({ owner: 'growth', pii: 'no' }));
 * ```
 */
export function tag(tags: Tags & { readonly ''?: never }) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition, {
      name: 'tag',
      apply(nodes, context) {
        const faults = nodes[0] === undefined ? [] : tagFaults(nodes[0], 'tag', tags);
        for (const fault of faults) context.report(fault);
        return nodes.map((node) => ({ ...node, tags: { ...node.tags, ...tags } }));
      },
    });
}
