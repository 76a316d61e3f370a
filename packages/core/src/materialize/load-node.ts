import type { ModifierContext, NodeDefinition, NodeDraft, Self } from '../model/definition.js';
import { withStep } from '../model/definition.js';
import { node } from '../model/node.js';
import { modifierProblem } from '../draft/modifier-problem.js';
import type { Followed, OwnName } from '../types/targets.js';
import {
  type DataLoader,
  isDataLoader,
  type LoadedData,
  type NeedsOf,
  versionOfMaterializer,
} from './contract.js';
import { loadDraft, valueDraft } from './load-drafts.js';
import { reportOptions } from './option-edges.js';

type Given<L extends DataLoader> = Awaited<ReturnType<L['load']>>;
type PairName = `${OwnName}.loader`;

type Loading<L extends DataLoader> = NodeDefinition<
  Followed<
    { readonly [K in Self]: Given<L>[0] } & {
      readonly [K in PairName]: LoadedData<Given<L>[0], Given<L>[1]>;
    },
    PairName,
    Record<never, never>
  >,
  NeedsOf<L>
>;
type Modifier<From, To> = (definition: From) => To;

/**
 * Declares a node that is loaded, without a function: the export's name gives the value, `name.loader` the pair of
 * value and metadata.
 *
 * In a module of its own it gives other modules their inputs. Written in place of a function, it keeps a computed
 * node from being computed: `{ ...module, sales: loadNode(…) }`. Options of the loader may be `source('node')`.
 * Modifiers apply in the order written.
 *
 * Reported when the graph is built: `FP_BAD_MODIFIER`, and what the loader says about its options.
 *
 * @example
 * ```ts
 * import { createDriver, type DataLoader, loadNode } from '@flowerpower/core';
 *
 * const numbers: DataLoader<number[], { count: number }> = {
 *   type: 'numbers',
 *   options: {},
 *   load: () => [[3, 4], { count: 2 }],
 * };
 * const m = { total: ({ prices }: { prices: number[] }) => prices.reduce((sum, price) => sum + price, 0) };
 * const files = { prices: loadNode(numbers) };
 * const driver = createDriver({ modules: [m, files] });
 * driver.executeSync(['total', 'prices.loader']); // { total: 7, 'prices.loader': [[3, 4], { count: 2 }] }
 * ```
 */
export function loadNode<L extends DataLoader>(loader: L): Loading<L>;
export function loadNode<L extends DataLoader, A>(loader: L, a: Modifier<Loading<L>, A>): A;
export function loadNode<L extends DataLoader, A, B>(
  loader: L,
  a: Modifier<Loading<L>, A>,
  b: Modifier<A, B>,
): B;
export function loadNode<L extends DataLoader, A, B, C>(
  loader: L,
  a: Modifier<Loading<L>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
): C;
export function loadNode(loader: DataLoader, ...modifiers: readonly unknown[]): unknown {
  const loading = (definition: never) =>
    withStep(definition, {
      name: 'loadNode',
      version: versionOfMaterializer(loader),
      apply: (nodes, context) => nodes.flatMap((draft) => draftLoaded(draft, loader, context)),
    });
  const declare: (...args: readonly unknown[]) => unknown = node;
  return declare({ inputs: [], kind: 'loader' }, () => loader, loading, ...modifiers);
}

function draftLoaded(draft: NodeDraft, loader: unknown, context: ModifierContext): readonly NodeDraft[] {
  if (!isDataLoader(loader)) {
    const hint = "Write loadNode(from.csv({ path: 'file.csv' })), for example.";
    context.report(modifierProblem(draft, 'loadNode', 'what it was given is not a loader', hint));
    return [draft];
  }
  reportOptions(draft, 'loadNode', loader, context);
  const pair = loadDraft(draft, `${draft.name}.loader`, loader);
  return [pair, { ...valueDraft(draft, draft.name, pair.name), doc: loader.doc }];
}
