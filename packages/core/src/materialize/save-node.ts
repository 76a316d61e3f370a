import type { Flatten } from '../types/flatten.js';
import type { AnyFunction, ModifierContext, NodeDefinition, NodeDraft, Self } from '../model/definition.js';
import { withStep } from '../model/definition.js';
import { node } from '../model/node.js';
import type { Refuse } from '../draft/bindings.js';
import { modifierProblem } from '../draft/modifier-problem.js';
import type { Followed, OwnName } from '../types/targets.js';
import { markInner } from '../draft/targets.js';
import type { InputsOfFunction, ValueOfFunction } from '../model/functions.js';
import {
  type DataSaver,
  isDataSaver,
  type NeedsOf,
  type TakenBy,
  versionOfMaterializer,
} from './contract.js';
import type { FitsSaver } from './fits.js';
import { reportOptions } from './option-edges.js';
import { saveDraft } from './save-draft.js';

type OwnNode<S extends DataSaver> = { readonly [K in Self]: Awaited<ReturnType<S['save']>> };
type CombinedName = `${OwnName}.combined`;

type Saving<S extends DataSaver, Inputs> = NodeDefinition<OwnNode<S>, Flatten<Inputs & NeedsOf<S>>>;
type SavingCombined<S extends DataSaver, Inputs, Combined> = NodeDefinition<
  Followed<OwnNode<S> & { readonly [K in CombinedName]: Combined }, CombinedName, Record<never, never>>,
  Flatten<Inputs & NeedsOf<S>>
>;

/** A modifier that leaves the nodes and their types as they are, such as `tag`. */
type Keeping<Definition> = (definition: Definition) => Definition;

type Misfit<Value, S extends DataSaver> =
  FitsSaver<Value, TakenBy<S>> extends true ? never : 'the saver does not take a value of this type';

/**
 * Declares a node that saves other nodes: the export's name gives the saver's metadata. It runs only where it is
 * asked for, and the functions that are saved know nothing of it.
 *
 * What is saved is the node of the given name; a record of several by their names; or what a function of nodes
 * gives, which takes its inputs as every function of a module does. Of several nodes and of a function, what is saved
 * is the node `name.combined`. Options of the saver may be `source('node')`.
 *
 * Whether a named node has a type that the saver takes shows when it runs; of a function the compiler tells.
 * Reported when the graph is built: `FP_BAD_MODIFIER`, and what the saver says about its options.
 *
 * @example
 * ```ts
 * import { createDriver, type DataSaver, saveNode } from '@flowerpower/core';
 *
 * const saved: unknown[] = [];
 * const toList: DataSaver<unknown, { rows: number }> = {
 *   type: 'list',
 *   options: {},
 *   save: (value) => ({ rows: saved.push(value) }),
 * };
 * const m = { low: () => 3, high: () => 8 };
 * const files = {
 *   range: saveNode(['low', 'high'], toList),
 *   width: saveNode(({ low, high }: { low: number; high: number }) => high - low, toList),
 * };
 * const driver = createDriver({ modules: [m, files] });
 * driver.executeSync(['range', 'width']); // { range: { rows: 1 }, width: { rows: 2 } }
 * saved; // [{ low: 3, high: 8 }, 5]
 * ```
 */
export function saveNode<const Name extends string, S extends DataSaver>(
  node: Name,
  saver: S,
  ...modifiers: readonly Keeping<Saving<S, { readonly [K in Name]: TakenBy<S> }>>[]
): Saving<S, { readonly [K in Name]: TakenBy<S> }>;
export function saveNode<const Names extends readonly [string, ...string[]], S extends DataSaver>(
  nodes: Names,
  saver: S & Refuse<Misfit<Readonly<Record<Names[number], never>>, S>>,
  ...modifiers: readonly Keeping<
    SavingCombined<S, Readonly<Record<Names[number], unknown>>, Readonly<Record<Names[number], unknown>>>
  >[]
): SavingCombined<S, Readonly<Record<Names[number], unknown>>, Readonly<Record<Names[number], unknown>>>;
export function saveNode<F extends AnyFunction, S extends DataSaver>(
  combine: F,
  saver: S & Refuse<Misfit<ValueOfFunction<F>, S>>,
  ...modifiers: readonly Keeping<SavingCombined<S, InputsOfFunction<F>, ValueOfFunction<F>>>[]
): SavingCombined<S, InputsOfFunction<F>, ValueOfFunction<F>>;
export function saveNode(saved: unknown, saver: unknown, ...modifiers: readonly unknown[]): unknown {
  const declare: (...args: readonly unknown[]) => unknown = node;
  const saving = (definition: never) =>
    withStep(definition, {
      name: 'saveNode',
      version: versionOfMaterializer(saver),
      apply: (nodes, context) => nodes.flatMap((draft) => draftSaver(draft, saved, saver, context)),
    });
  if (typeof saved === 'function') return declare(saved, saving, ...modifiers);
  const names = asNames(saved) ?? [];
  const combine = (...values: readonly unknown[]) =>
    Object.fromEntries(names.map((name, index) => [name, values[index]]));
  return declare({ inputs: names }, combine, saving, ...modifiers);
}

function draftSaver(
  draft: NodeDraft,
  saved: unknown,
  saver: unknown,
  context: ModifierContext,
): readonly NodeDraft[] {
  if (typeof saved !== 'function' && asNames(saved) === undefined) {
    const hint = "Write saveNode('node', to.json({ path: 'file.json' })), for example.";
    context.report(modifierProblem(draft, 'saveNode', 'it names no node to save', hint));
    return [draft];
  }
  if (!isDataSaver(saver)) {
    const hint = "Write saveNode('node', to.json({ path: 'file.json' })), for example.";
    context.report(modifierProblem(draft, 'saveNode', 'what it was given is not a saver', hint));
    return [draft];
  }
  reportOptions(draft, 'saveNode', saver, context);
  if (typeof saved === 'string') return [saveDraft(draft, draft.name, saved, saver)];
  const combined = `${draft.name}.combined`;
  return [
    markInner({ ...draft, name: combined, derived: true }),
    saveDraft(draft, draft.name, combined, saver),
  ];
}

function asNames(saved: unknown): readonly string[] | undefined {
  const names: unknown = typeof saved === 'string' ? [saved] : saved;
  if (!Array.isArray(names) || names.length === 0) return undefined;
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
