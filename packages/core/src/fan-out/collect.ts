import { type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import type { Collect } from '../model/graph.js';
import type { Collected } from '../types/fan-out.js';
import type { Refuse } from '../draft/bindings.js';
import { argumentProblems, checkedStep, someNames } from '../draft/checked-step.js';
import { optionProblems } from '../errors/option-problems.js';
import { aChoice } from '../errors/option-rules.js';
import { isExtraction } from '../draft/extraction.js';
import { requireFanOuts } from './require-fan-outs.js';
import { reportUnknownParameters } from '../draft/known-parameters.js';

export interface CollectOptions {
  /**
   * What the parameter receives: `array` (default); `iterable` or `asyncIterable`, which run the fan-out while
   * they are read and may be read once. Memory then is constant, provided that nothing else uses the fan-out.
   * While an `iterable` is read nothing can be awaited: every node inside must be synchronous.
   */
  readonly as?: Collect['as'];
  /**
   * `fail` (default): the first item that fails, fails the node that collects. `collect`: the parameter receives
   * a `PromiseSettledResult` for each item, whose `reason` is the `NodeExecutionError`.
   */
  readonly onItemError?: Collect['onItemError'];
}

/** What a parameter that collects with these options must accept. */
type Accepts<Item, O extends CollectOptions> = O extends { readonly as: 'iterable' }
  ? Iterable<Settled<Item, O>>
  : O extends { readonly as: 'asyncIterable' }
    ? AsyncIterable<Settled<Item, O>>
    : Settled<Item, O>[];

type Settled<Item, O> = O extends { readonly onItemError: 'collect' } ? PromiseSettledResult<Item> : Item;

/** The faults of a use, as texts; `never` when there are none. The items themselves are compared elsewhere. */
type Misfits<Inputs, P extends string, O extends CollectOptions> = {
  [K in P]: K extends keyof Inputs
    ? Accepts<never, O> extends Inputs[K]
      ? never
      : `the parameter '${K}' takes no list of results`
    : string extends keyof Inputs
      ? never
      : `there is no parameter '${K}'`;
}[P];

type Marked<Inputs, P extends string> = {
  [K in keyof Inputs]: K extends P ? Collected<Inputs[K]> : Inputs[K];
};

/**
 * Takes the results of a fan-out together: the parameter receives the values for all items, in the order of the
 * items, and the node runs once. See {@link parallelizable}.
 *
 * Leads out of the innermost fan-out that the source is inside of. Several nodes may collect from one fan-out,
 * one node may collect and fan out, and a node inside may use what was collected before: it then runs when all
 * items have come that far. Collecting where nothing is fanned out is a problem `FP_BAD_FAN_OUT` of the build.
 *
 * @param parameters - one parameter, or several.
 *
 * @example
 * ```ts
 * import { collect, createDriver, node, parallelizable } from '@flowerpower/core';
 *
 * const m = {
 *   line: node(function* () { yield* ['3', 'x', '4']; }, parallelizable()),
 *   amount: ({ line }: { line: string }) => {
 *     if (Number.isNaN(Number(line))) throw new Error(`'${line}' is not a number`);
 *     return Number(line);
 *   },
 *   good: node(
 *     ({ amount }: { amount: PromiseSettledResult<number>[] }) => amount.filter((one) => one.status === 'fulfilled').length,
 *     collect('amount', { onItemError: 'collect' }),
 *   ),
 * };
 * createDriver({ modules: [m] }).executeSync(['good']); // { good: 2 }
 * ```
 */
export function collect<const P extends string, const O extends CollectOptions = Record<never, never>>(
  parameters: P | readonly P[],
  options?: O,
) {
  const problemsOf = () => [
    ...argumentProblems('What it collects', someNames, parameters),
    ...(options === undefined ? [] : optionProblems(options, rules())),
  ];
  const step = checkedStep(problemsOf, {
    name: 'collect',
    apply(nodes, context) {
      requireFanOuts(nodes, context);
      const wanted = typeof parameters === 'string' ? [parameters] : parameters;
      const collected: Collect = { as: options?.as ?? 'array', onItemError: options?.onItemError ?? 'fail' };
      const takers = nodes.filter((node) => !isExtraction(node));
      const known = takers.flatMap(({ parameters: edges }) => edges.map(({ parameter }) => parameter));
      if (nodes.length > 0) reportUnknownParameters(nodes, wanted, known, 'collect', context);
      return nodes.map((node) => (takers.includes(node) ? collecting(node, wanted, collected) : node));
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<Misfits<Inputs, P, O>>,
  ): NodeDefinition<Nodes, Marked<Inputs, P>, C> => withStep(definition, step);
}

const rules = () => ({
  as: aChoice('array', 'iterable', 'asyncIterable'),
  onItemError: aChoice('fail', 'collect'),
});

function collecting(node: NodeDraft, wanted: readonly string[], collect: Collect): NodeDraft {
  const parameters = node.parameters.map((edge) =>
    wanted.includes(edge.parameter) ? { ...edge, collect } : edge,
  );
  return { ...node, parameters };
}
