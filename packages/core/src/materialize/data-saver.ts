import { type NodeDefinition, withStep } from '../model/definition.js';
import type { Refuse } from '../draft/bindings.js';
import { outcomes } from '../draft/targets.js';
import type { TargetsOf } from '../types/targets.js';

type NoMetadata<Nodes> = {
  [K in TargetsOf<Nodes, never>]: unknown extends Nodes[K]
    ? never
    : Nodes[K] extends object
      ? never
      : 'a data saver returns metadata, as an object';
}[TargetsOf<Nodes, never>];

/**
 * Declares that the function saves data: it returns metadata, such as how much was written, or a promise of it.
 *
 * The node is of kind `saver`; nothing else changes. A function that gives no object does not compile.
 *
 * @example
 * ```ts
 * import { createDriver, dataSaver, node } from '@flowerpower/core';
 *
 * const table: number[] = [];
 * const m = {
 *   stored: node(({ prices }: { prices: number[] }) => ({ rows: table.push(...prices) }), dataSaver()),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['stored'], { inputs: { prices: [3, 4] } }); // { stored: { rows: 2 } }
 * ```
 */
export function dataSaver() {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<NoMetadata<Nodes>>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition, {
      name: 'dataSaver',
      apply(nodes) {
        const targets = outcomes(nodes);
        return nodes.map((node) => (targets.includes(node) ? { ...node, kind: 'saver' } : node));
      },
    });
}
