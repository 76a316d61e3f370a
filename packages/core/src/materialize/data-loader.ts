import { type ModifierContext, type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import type { LoadedData } from './contract.js';
import { valueDraft, valueWithRecord } from './load-drafts.js';
import type { Refuse } from '../draft/bindings.js';
import { reportFannedOut } from '../draft/fanned-out.js';
import type { IsFannedOut } from '../types/fan-out.js';
import type { Followed, TargetsOf, BaseName } from '../types/targets.js';
import { markInner, outcomes } from '../draft/targets.js';

type ValueIn<Pair> = Pair extends readonly [infer Value, unknown] ? Value : unknown;

type NotPairs<Nodes> = {
  [K in TargetsOf<Nodes, never>]: IsFannedOut<Nodes[K]> extends true
    ? 'the node is taken item by item: write dataLoader before parallelizable'
    : unknown extends Nodes[K]
      ? never
      : [Nodes[K]] extends [LoadedData<unknown, object>]
        ? never
        : 'a data loader returns [value, metadata], where metadata is an object';
}[TargetsOf<Nodes, never>];

type WithLoaders<Nodes> = Followed<
  { [K in keyof Nodes]: K extends TargetsOf<Nodes, never> ? ValueIn<Nodes[K]> : Nodes[K] } & {
    readonly [K in TargetsOf<Nodes, never> as `${BaseName<K>}.loader`]: Nodes[K];
  },
  `${BaseName<TargetsOf<Nodes, never>>}.loader`,
  Record<never, never>
>;

/**
 * Declares that the function loads data: it returns `[value, metadata]`, or a promise of it. Metadata is an object.
 *
 * The node `X` gives the value, the node `X.loader` the pair. Both are of kind `loader`. A function that returns
 * something else does not compile; where its type does not tell, the node `X` fails with `FP_BAD_LOADED_DATA`. A
 * plain array literal is not a pair to the compiler: annotate the result, or write `[rows, facts] as const`.
 *
 * @example
 * ```ts
 * import { createDriver, dataLoader, node } from '@flowerpower/core';
 *
 * const m = {
 *   prices: node((): [number[], { source: string }] => [[3, 4], { source: 'list' }], dataLoader()),
 *   total: ({ prices }: { prices: number[] }) => prices.reduce((sum, price) => sum + price, 0),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['total', 'prices.loader']); // { total: 7, 'prices.loader': [[3, 4], { source: 'list' }] }
 * ```
 */
export function dataLoader() {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<NotPairs<Nodes>>,
  ): NodeDefinition<WithLoaders<Nodes>, Inputs, C> =>
    withStep(definition, { name: 'dataLoader', apply: splitPairs });
}

function splitPairs(nodes: readonly NodeDraft[], context: ModifierContext): readonly NodeDraft[] {
  const targets = new Set(outcomes(nodes));
  if (reportFannedOut([...targets], 'dataLoader', context)) return nodes;
  return nodes.flatMap((node) => {
    if (!targets.has(node)) return [node];
    const pair = markInner({ ...node, name: `${node.name}.loader`, kind: 'loader', loaded: 'pair' });
    const value = valueDraft(node, node.name, pair.name, { fn: valueWithRecord });
    return [pair, { ...value, doc: node.doc, tags: node.tags }];
  });
}
