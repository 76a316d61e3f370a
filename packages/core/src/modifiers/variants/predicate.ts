import { leaveOut } from './leave-out.js';
import { ownProperty } from '../../model/own-property.js';
import { messageOf } from '../../errors/message-of.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  withStep,
} from '../../model/definition.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { checkedStep, choiceProblems } from '../../draft/checked-step.js';
import { withoutVariant } from '../../draft/rename-nodes.js';

/**
 * Keeps the node only when `holds` says so of the named configuration keys.
 *
 * For what `when`, `whenNot`, `whenIn` and `whenNotIn` cannot say; otherwise as these: the variant
 * `spend__big` becomes the node `spend`, an absent key is `null`, several conditions must all hold. `holds`
 * sees the named keys only and must give a boolean at once; else it is a problem `FP_BAD_MODIFIER` of the
 * build.
 *
 * @example
 * ```ts
 * import { createDriver, node, predicate } from '@flowerpower/core';
 *
 * const m = {
 *   batch__big: node(() => 1000, predicate(['rows'], ({ rows }) => Number(rows) >= 1e6)),
 *   batch__small: node(() => 10, predicate(['rows'], ({ rows }) => Number(rows) < 1e6)),
 * };
 * createDriver({ modules: [m], config: { rows: 50 } }).executeSync(['batch']); // { batch: 10 }
 * ```
 */
export function predicate<const Keys extends readonly string[]>(
  keys: Keys,
  holds: (config: { readonly [K in Keys[number]]: unknown }) => boolean,
) {
  const step = checkedStep(() => choiceProblems(keys, 'The condition', holds), {
    name: 'predicate',
    apply(nodes, context) {
      for (const key of keys) context.useConfig(key);
      const named = withoutVariant(nodes);
      if (nodes[0] === undefined || isKept(nodes[0], keys, holds as Holds, context)) return named;
      for (const { name } of named) leaveOut(context, name, `predicate(${JSON.stringify(keys)})`);
      return [];
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, true> => withStep(definition, step);
}

type Holds = (config: Readonly<Record<string, unknown>>) => unknown;

function isKept(node: NodeDraft, keys: readonly string[], holds: Holds, context: ModifierContext): boolean {
  const config = Object.fromEntries(keys.map((key) => [key, ownProperty(context.config, key) ?? null]));
  let kept: unknown;
  try {
    kept = holds(config);
  } catch (error) {
    context.report(
      modifierProblem(node, 'predicate', `its condition failed: ${messageOf(error)}`, undefined),
    );
    return true;
  }
  if (typeof kept === 'boolean') return kept;
  const message = 'its condition gave no boolean';
  context.report(modifierProblem(node, 'predicate', message, 'Compare, as in ({ rows }) => rows === 5.'));
  return true;
}
