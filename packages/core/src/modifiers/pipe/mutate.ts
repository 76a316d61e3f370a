/** Steps that a module adds to nodes of its own from outside of their definitions. */
import { isRecord, type OptionRule } from '../../errors/option-rules.js';
import { argumentProblems } from '../../draft/checked-step.js';
import type { Flatten } from '../../types/flatten.js';
import type { WithoutVariant } from '../../types/variant-names.js';
import { collectMutations } from './collect-mutations.js';
import {
  type AnyFunction,
  type DefinitionData,
  definitionKey,
  type NodeDefinition,
  type Self,
} from '../../model/definition.js';
import { type AddedStep, type Mutation, mutationKey } from '../../draft/mutation.js';
import type { CoreProblem } from '../../errors/catalogue.js';
import { didYouMean } from '../../errors/suggest.js';
import type { ModuleOptions } from '../../model/define-module.js';
import type { ValueOfFunction } from '../../model/functions.js';
import type { Refuse } from '../../draft/bindings.js';
import { outputStep } from './pipe-output.js';
import type { OutputMisfits, PipedOutput, SourcesOfSteps } from './pipe-types.js';
import { type AnyStep, dataOf, isStep } from './step.js';
import type { InnerKey, OwnName } from '../../types/targets.js';

const someTargets: OptionRule = {
  fits: isRecord,
  expected: 'an object of exports by name',
  hint: 'Name exports of the same module: mutate(step(fn), { prices }).',
};

/** How many mutations name each export. Known by the export itself, so that modules do not count each other's. */
const mutationsDefined = new WeakMap<AnyFunction, number>();

type Targets = Readonly<Record<string, AnyFunction>>;

type NodesOfTarget<F> =
  F extends NodeDefinition<infer Nodes, infer _Inputs, infer _C>
    ? Nodes
    : F extends AnyFunction
      ? { readonly [K in Self]: ValueOfFunction<F> }
      : never;

type IsConditional<F> = F extends NodeDefinition<infer _Nodes, infer _Inputs, infer C> ? C : false;

type NameOfTarget<Key extends string, F> = IsConditional<F> extends true ? WithoutVariant<Key> : Key;

type NameUnder<Own extends string, Name> = Name extends Self
  ? Own
  : Name extends `${infer Head}${OwnName}${infer Tail}`
    ? `${Head}${Own}${Tail}`
    : Name & string;

/** The nodes that are new or hold another value. */
type ChangedNodes<Before, After> = {
  [K in Exclude<keyof After, InnerKey> as K extends keyof Before
    ? [After[K]] extends [Before[K]]
      ? never
      : K
    : K]: After[K];
};

type NodesUnder<Own extends string, Nodes> = { readonly [K in keyof Nodes as NameUnder<Own, K>]: Nodes[K] };

type MutatedNodes<S, T> = Flatten<
  UnionToRecord<
    {
      [K in keyof T & string]: NodesUnder<
        NameOfTarget<K, T[K]>,
        ChangedNodes<NodesOfTarget<T[K]>, PipedOutput<NodesOfTarget<T[K]>, [S], never>>
      >;
    }[keyof T & string]
  >
>;

type UnionToRecord<U> = (U extends unknown ? (record: U) => void : never) extends (record: infer R) => void
  ? R
  : never;

type MisfitsOfTargets<S, T> = {
  [K in keyof T & string]: OutputMisfits<NodesOfTarget<T[K]>, [S], never> extends never
    ? never
    : `the step does not take what '${K}' gives`;
}[keyof T & string];

/**
 * Adds a step to other exports of the same module, as if each of them ended with `pipeOutput(step)`.
 *
 * `targets` names the exports and holds them: `mutate(step(clean), { prices, sales })`. The export of a mutation is
 * no node itself, whatever its name. Several mutations of one node apply in the order in which they are defined.
 * A target that has become several nodes is mutated at every final one, or at those that the step's `on` names.
 * Different arguments for different targets are different mutations.
 *
 * A step that does not take what a target gives does not compile. The names of nodes that a mutation makes are
 * known to the compiler, except those of an export that starts with `_`; where a mutation changes the type of a node,
 * the compiler takes it for either of the two. Reported at build time: `FP_UNKNOWN_TARGET` for a target that is no
 * export of the module, and what `pipeOutput` reports.
 *
 * @example
 * ```ts
 * import { createDriver, mutate, step } from '@flowerpower/core';
 *
 * const prices = async () => [3, -1];
 * const sales = () => [-2, 5];
 * const positive = (values: number[]) => values.filter((value) => value > 0);
 * const m = { prices, sales, clean: mutate(step(positive), { prices, sales }) };
 * await createDriver({ modules: [m] }).execute(['prices', 'sales', 'sales.raw']); // { prices: [3], sales: [5], 'sales.raw': [-2, 5] }
 * ```
 */
export function mutate<S extends AnyStep, const T extends Targets>(
  step: S & Refuse<MisfitsOfTargets<S, T>>,
  targets: T,
): NodeDefinition<MutatedNodes<S, T>, SourcesOfSteps<[S]>> {
  const ranks = new Map<string, number>();
  for (const [name, target] of isRecord(targets) ? Object.entries(targets) : []) {
    if (typeof target !== 'function') continue;
    const rank = mutationsDefined.get(target) ?? 0;
    mutationsDefined.set(target, rank + 1);
    ranks.set(name, rank);
  }
  const mutation: Mutation = {
    collect: collectMutations,
    stepsIn: (module, name, report) => stepsIn(module, name, { step, targets, ranks }, report),
  };
  const fn = isStep(step) ? dataOf(step).fn : () => undefined;
  const data: DefinitionData = { fn, kind: 'function', steps: [] };
  return { [definitionKey]: data, [mutationKey]: mutation } as never;
}

interface MutationFacts {
  readonly step: AnyStep;
  readonly targets: Targets;
  /** Of each target, see {@link AddedStep}. */
  readonly ranks: ReadonlyMap<string, number>;
}

function stepsIn(
  module: ModuleOptions<object>,
  name: string,
  { step, targets, ranks }: MutationFacts,
  report: (problem: CoreProblem) => void,
): AddedStep[] {
  const exported = module.exports as Readonly<Record<string, unknown>>;
  const steps: AddedStep[] = [];
  for (const { message, hint } of argumentProblems('the targets', someTargets, targets)) {
    report({ code: 'FP_BAD_MODIFIER', message: `mutate '${name}' in ${module.name}: ${message}`, hint });
    return steps;
  }
  for (const [target, given] of Object.entries(targets)) {
    if (exported[target] === given && typeof given === 'function') {
      steps.push({ target, step: outputStep(`mutate '${name}'`, [step]), rank: ranks.get(target)! });
      continue;
    }
    const known = Object.keys(exported).filter((key) => typeof exported[key] === 'function');
    report({
      code: 'FP_UNKNOWN_TARGET',
      message: Object.hasOwn(exported, target)
        ? `mutate '${name}' in ${module.name}: what it holds as '${target}' is not the export '${target}'.`
        : `mutate '${name}' in ${module.name}: there is no export '${target}'.`,
      hint: didYouMean(target, known) ?? 'Name exports of the same module: mutate(step(fn), { prices }).',
    });
  }
  return steps;
}
