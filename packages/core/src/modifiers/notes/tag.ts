import { type NodeDefinition, withStep } from '../../model/definition.js';
import type { Tags } from '../../model/graph.js';

/**
 * Adds tags to the node. A later tag of the same key replaces an earlier one. Tags never change what a node
 * computes; listings and pictures show them.
 *
 * @example
 * ```ts
 * import { node, tag } from '@flowerpower/core';
 *
 * export const spend = node(({ rows }: { rows: number[] }) => rows, tag({ owner: 'growth', pii: 'no' }));
 * ```
 */
export function tag(tags: Tags) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition as never, {
      name: 'tag',
      apply: (nodes) => nodes.map((node) => ({ ...node, tags: { ...node.tags, ...tags } })),
    }) as never;
}
