import { type NodeDefinition, withStep } from '../model/definition.js';
import type { FannedOut, ItemOf } from '../types/fan-out.js';
import type { Refuse } from '../draft/bindings.js';
import { checkedStep } from '../draft/checked-step.js';
import { optionProblems } from '../errors/option-problems.js';
import { aConcurrency, aText } from '../errors/option-rules.js';
import type { TargetsOf } from '../types/targets.js';
import { requireFanOuts } from './require-fan-outs.js';
import { targetNodes } from '../draft/targets.js';

export interface ParallelizableOptions<Target extends string = never> {
  /**
   * How many items may be under way at once, at least 1. Default: `maxConcurrency` of the run where it is set,
   * else 64. Synchronous nodes never overlap.
   */
  readonly concurrency?: number;
  /** The node to take items from, where the export has become several. Default: every node that none follows. */
  readonly target?: Target;
}

type Targets<Nodes, Target extends string> = TargetsOf<Nodes, Target>;

type Expanded<Nodes, T extends keyof Nodes> = {
  [K in keyof Nodes]: K extends T ? FannedOut<ItemOf<Nodes[K]>> : Nodes[K];
};

type Misfits<Nodes, T extends keyof Nodes> = {
  [K in T]: [ItemOf<Nodes[K]>] extends [never] ? 'the node does not give a list of items' : never;
}[T];

/**
 * Fans out: what the function gives is taken item by item, and every node that uses it runs once for each item,
 * until {@link collect} takes the results together.
 *
 * The function returns an iterable or an async iterable, or a promise of one; it may be a generator, which is
 * read only as fast as items are processed. A text is not a list of items. Promises among the items are awaited, in their
 * order; one that rejects fails the node. Requested as an output, the node gives
 * the array of its items, and a node inside the fan-out the array of its values; an override of either takes the
 * same. Fan-outs nest; a run fails with `FP_NOT_ITERABLE` when there is nothing to go through, and with
 * `FP_ITEM_COUNT` when lists given for one fan-out differ in length.
 *
 * @example
 * ```ts
 * import { collect, createDriver, node, parallelizable } from '@flowerpower/core';
 *
 * const m = {
 *   url: node(() => ['/a', '/bb'], parallelizable()),
 *   page: async ({ url }: { url: string }) => `page ${url}`,
 *   total: node(({ page }: { page: string[] }) => page.join(', '), collect('page')),
 * };
 * await createDriver({ modules: [m] }).execute(['total', 'url']); // { total: 'page /a, page /bb', url: ['/a', '/bb'] }
 * ```
 */
export function parallelizable<const Target extends string = never>(
  options: ParallelizableOptions<Target> = {},
) {
  const step = checkedStep(() => optionProblems(options, rules()), {
    name: 'parallelizable',
    apply(nodes, context) {
      requireFanOuts(nodes, context);
      const { concurrency, target } = options;
      const targets = targetNodes(nodes, target, 'parallelizable', context);
      const fanOut = { concurrency };
      return nodes.map((node) => (targets.includes(node) ? { ...node, fanOut } : node));
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> &
      Refuse<Misfits<Nodes, Targets<Nodes, Target> & keyof Nodes>>,
  ): NodeDefinition<Expanded<Nodes, Targets<Nodes, Target> & keyof Nodes>, Inputs, C> =>
    withStep(definition, step);
}

const rules = () => ({ concurrency: aConcurrency, target: aText });
