import type { Flatten } from '../../types/flatten.js';
import type { Intersect } from '../../types/intersect.js';
import { ownProperty } from '../../model/own-property.js';
import { messageOf } from '../../errors/message-of.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  type ModifierStep,
  withStep,
} from '../../model/definition.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { checkedStep, choiceProblems } from '../../draft/checked-step.js';
import { applySteps, stepsOf } from '../../draft/modifier-steps.js';

type Modifier<From, To> = (definition: From) => To;
type Config<Keys extends readonly string[]> = { readonly [K in Keys[number]]: unknown };

type NodesIn<D> = D extends NodeDefinition<infer Nodes, infer _Inputs, infer _C> ? Nodes : never;
type InputsIn<D> = D extends NodeDefinition<infer _Nodes, infer Inputs, infer _C> ? Inputs : never;
type ConditionalIn<D> = D extends NodeDefinition<infer _Nodes, infer _Inputs, infer C> ? C : never;
type KeyIn<U> = U extends unknown ? keyof U : never;
type ValueIn<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** One definition with the nodes of several: those of one name are a union. */
type Either<D> = NodeDefinition<
  { [K in KeyIn<NodesIn<D>>]: ValueIn<NodesIn<D>, K> },
  Flatten<Intersect<InputsIn<D>>>,
  ConditionalIn<D>
>;

/**
 * Chooses a modifier by the configuration when the graph is built.
 *
 * `choose` sees the named configuration keys only, where an absent key is `null`, and gives a modifier or, for
 * none, `undefined`; it must answer at once. What it gives applies at this place, in the order written. If it
 * throws or gives something else, that is a problem `FP_BAD_MODIFIER` of the build.
 *
 * The compiler knows the nodes that the modifier makes; where `choose` may give `undefined`, also those that
 * there are without it. It must be written inside `node(...)`, and every modifier that one `choose` may give
 * must make the same nodes: for two different ones write two `resolve`, each of which gives one or `undefined`.
 * Names that depend on the values of the configuration are unknown to the compiler.
 *
 * @example
 * ```ts
 * import { createDriver, node, parameterize, resolve } from '@flowerpower/core';
 *
 * const power = ({ x, n }: { x: number; n: number }) => x ** n;
 * const m = {
 *   power: node(power, resolve(['degree'], ({ degree }) => parameterize({ high: { n: Number(degree) } }))),
 * };
 * createDriver({ modules: [m], config: { degree: 3 } }).executeSync(['high'], { inputs: { x: 2 } }); // { high: 8 }
 * ```
 */
export function resolve<const Keys extends readonly string[], From, To extends object>(
  keys: Keys,
  choose: (config: Config<Keys>) => Modifier<From, To>,
): Modifier<From, To>;
export function resolve<const Keys extends readonly string[], From, To extends object>(
  keys: Keys,
  choose: (config: Config<Keys>) => Modifier<From, To> | undefined,
): Modifier<From, Either<From | To>>;
export function resolve(keys: readonly string[], choose: (config: never) => unknown): unknown {
  const step = checkedStep(() => choiceProblems(keys, 'What chooses', choose), {
    name: 'resolve',
    apply(nodes, context) {
      for (const key of keys) context.useConfig(key);
      const [first] = nodes;
      if (first === undefined) return nodes;
      return applySteps(chosenSteps(first, keys, choose, context), nodes, context);
    },
  });
  return (definition: NodeDefinition<never, never, never>) => withStep(definition, step);
}

function chosenSteps(
  node: NodeDraft,
  keys: readonly string[],
  choose: (config: never) => unknown,
  context: ModifierContext,
): readonly ModifierStep[] {
  const config = Object.fromEntries(keys.map((key) => [key, ownProperty(context.config, key) ?? null]));
  let steps: readonly ModifierStep[] | undefined;
  try {
    const modifier = choose(config as never);
    if (modifier === undefined) return [];
    steps = stepsOf(modifier);
  } catch (error) {
    context.report(
      modifierProblem(node, 'resolve', `choosing a modifier failed: ${messageOf(error)}`, undefined),
    );
    return [];
  }
  if (steps !== undefined) return steps;
  const hint = 'Give a modifier, as in ({ unit }) => tag({ unit: String(unit) }), or undefined for none.';
  context.report(modifierProblem(node, 'resolve', 'what was chosen is not a modifier', hint));
  return [];
}
