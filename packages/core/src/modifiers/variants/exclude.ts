import { type NodeDefinition, withStep } from '../../model/definition.js';

/**
 * Keeps an exported function out of the graph. A name that starts with `_` does the same.
 *
 * @example
 * ```ts
 * import { createDriver, exclude, node } from '@flowerpower/core';
 *
 * const m = { round: node((x: number) => Math.round(x), exclude()), price: () => 3 };
 * createDriver({ modules: [m] }).graph.leaves; // ['price']
 * m.round(2.4); // 2
 * ```
 */
export function exclude() {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Record<never, never>, Record<never, never>, C> =>
    withStep(definition, { name: 'exclude', excludes: true, apply: () => [] });
}
