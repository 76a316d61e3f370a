import { type CacheBehavior, cacheBehaviors } from '../model/cache-behavior.js';
import { type NodeDefinition, type Self, withStep } from '../model/definition.js';
import { optionProblems } from '../errors/option-problems.js';
import { aChoice, aText, required } from '../errors/option-rules.js';
import type { Refuse } from '../draft/bindings.js';
import { checkedStep } from '../draft/checked-step.js';
import type { NamesOf } from '../types/targets.js';
import { targetNodes } from '../draft/targets.js';

export interface CacheModifierOptions<Target extends string = string> {
  readonly behavior: CacheBehavior;
  /** The node it holds for, where the export has become several. Default: every node that none follows. */
  readonly target?: Target;
}

/** The export's own name is not known to its type, so while that node exists any name may be it. */
type UnknownTarget<Nodes, Target> = Self extends keyof Nodes
  ? never
  : Target extends NamesOf<Nodes>
    ? never
    : `there is no node '${Target & string}'`;

/**
 * Says what the cache does with a node: `default`, `recompute`, `disable` or `ignore`. The lists of the driver come
 * before it, its defaults after it. Without a cache it changes nothing. The last one written holds.
 *
 * Wrong options, such as a behaviour that does not exist, are a problem `FP_BAD_MODIFIER` of the build, an unknown target `FP_UNKNOWN_TARGET`.
 *
 * @example
 * ```ts
 * import { cache, createDriver, node } from '@flowerpower/core';
 *
 * const m = { now: node(() => Date.now(), cache('disable')) };
 * createDriver({ modules: [m] }).graph.nodes.get('now')?.cache; // 'disable'
 * ```
 */
export function cache<const Target extends string = never>(
  options: CacheBehavior | CacheModifierOptions<Target>,
) {
  const given = (typeof options === 'string' ? { behavior: options } : options) as CacheModifierOptions;
  const step = checkedStep(() => optionProblems(given, rules()), {
    name: 'cache',
    apply(nodes, context) {
      const targets = targetNodes(nodes, given.target, 'cache', context);
      return nodes.map((node) => (targets.includes(node) ? { ...node, cache: given.behavior } : node));
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<UnknownTarget<Nodes, Target>>,
  ): NodeDefinition<Nodes, Inputs, C> => withStep(definition, step);
}

// Made when it is needed: a bundle drops what nobody calls.
const rules = () => ({ behavior: required(aChoice(...cacheBehaviors)), target: aText });
