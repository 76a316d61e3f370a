import { nameList } from '../errors/name-list.js';
import type { Flatten } from '../types/flatten.js';
import { type ModifierContext, type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import { optionProblems } from '../errors/option-problems.js';
import { aText } from '../errors/option-rules.js';
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
import type { Refuse } from '../draft/bindings.js';
import { checkedStep, someNames } from '../draft/checked-step.js';
import { modifierProblem } from '../draft/modifier-problem.js';
import type { Followed, IsUnion, TargetsOf, BaseName } from '../types/targets.js';
import { markInner, outcomes, targetNodes } from '../draft/targets.js';

export interface SaveToOptions<Name extends string = string, Target extends string = string> {
  /** The name of the node that saves. Default `save.X`; where several nodes are saved, it is `X.name`. */
  readonly name?: Name;
  /** The nodes to save, where the export has become several. Default: every node that none follows. */
  readonly target?: Target | readonly Target[];
}

type SaverNames<Nodes, Name, Target> = {
  [K in TargetsOf<Nodes, Target>]: [Name] extends [never]
    ? `save.${BaseName<K>}`
    : IsUnion<TargetsOf<Nodes, Target>> extends true
      ? `${BaseName<K>}.${Name & string}`
      : Name & string;
}[TargetsOf<Nodes, Target>];

type Misfits<Nodes, S extends DataSaver, Name, Target> =
  | {
      [K in TargetsOf<Nodes, Target>]: FitsSaver<Nodes[K], TakenBy<S>> extends true
        ? never
        : 'the saver does not take a value of this type';
    }[TargetsOf<Nodes, Target>]
  | (SaverNames<Nodes, Name, Target> & keyof Nodes extends never
      ? never
      : 'there is a node of this name already; give the saver a name');

type Saved<Nodes, S extends DataSaver, Name, Target> = Followed<
  Nodes & Readonly<Record<SaverNames<Nodes, Name, Target>, Awaited<ReturnType<S['save']>>>>,
  SaverNames<Nodes, Name, Target>,
  Record<never, never>
>;

/**
 * Adds a node that saves the value of the node and gives the saver's metadata. It runs only where it is asked for.
 *
 * The node `X` gets the node `save.X`, or the one that `name` says. Where a modifier before it has made several nodes,
 * every final one is saved, or those that `target` names; a function of the node's name then gives each a place of its
 * own: `saveTo((node) => to.json({ path: node + '.json' }))`. A modifier that copies the node afterwards copies its
 * saver with the same options. Several `saveTo` of one node need names. Options of a saver may be `source('node')`.
 * Written before `checkOutput` or after, what is saved has passed the checks.
 *
 * A saver that does not take the node's type does not compile; it judges a node of type `unknown` when it runs.
 * Reported when the graph is built: `FP_BAD_MODIFIER`, `FP_UNKNOWN_TARGET`, and what the saver says about its options.
 *
 * `createMaterializers` of `@flowerpower/io` makes savers for files; any {@link DataSaver} will do.
 *
 * @example
 * ```ts
 * import { createDriver, type DataSaver, node, saveTo } from '@flowerpower/core';
 *
 * const saved: string[] = [];
 * const toList: DataSaver<string, { length: number }> = {
 *   type: 'list',
 *   options: {},
 *   save: (text) => ({ length: saved.push(text) }),
 * };
 * const m = { greeting: node(({ name }: { name: string }) => `Hello ${name}`, saveTo(toList)) };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['save.greeting'], { inputs: { name: 'Ada' } }); // { 'save.greeting': { length: 1 } }
 * ```
 */
export function saveTo<
  S extends DataSaver,
  const Name extends string = never,
  const Target extends string = never,
>(saver: S | ((node: string) => S), options: SaveToOptions<Name, Target> = {}) {
  const step = checkedStep(() => optionProblems(options, rules), {
    name: 'saveTo',
    version: [versionOfMaterializer(saver), options],
    apply: (nodes, context) => saveNodes(nodes, saver, options, context),
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<Misfits<Nodes, S, Name, Target>>,
  ): NodeDefinition<Saved<Nodes, S, Name, Target>, Flatten<Inputs & NeedsOf<S>>, C> =>
    withStep(definition, step);
}

function saveNodes(
  nodes: readonly NodeDraft[],
  saver: unknown,
  options: SaveToOptions,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined) return nodes;
  const targets = selectTargets(nodes, options.target, context);
  if (targets.length > 1 && typeof saver !== 'function') {
    const names = nameList(targets.map(({ name }) => name));
    const message = `it would save ${names} to the same place`;
    const hint =
      'Give a function of the name, saveTo((node) => to.json({ path: `${node}.json` })), or a target.';
    context.report(modifierProblem(first, 'saveTo', message, hint));
    return nodes;
  }
  const added: NodeDraft[] = [];
  for (const target of targets) {
    const made: unknown = typeof saver === 'function' ? saver(target.name) : saver;
    if (!isDataSaver(made)) {
      const hint = "Write saveTo(to.json({ path: 'file.json' })), for example.";
      context.report(modifierProblem(first, 'saveTo', 'what it was given is not a saver', hint));
      return nodes;
    }
    const name = saverName(target.name, options.name, targets.length);
    if (nodes.some((node) => node.name === name)) {
      const hint = `Give each saver a name: saveTo(…, { name: 'second' }).`;
      context.report(modifierProblem(first, 'saveTo', `there is a node '${name}' already`, hint));
      return nodes;
    }
    reportOptions(first, 'saveTo', made, context);
    added.push(markInner(saveDraft(target, name, target.name, made)));
  }
  return [...nodes, ...added];
}

function saverName(target: string, name: string | undefined, count: number): string {
  if (name === undefined) return `save.${target}`;
  return count > 1 ? `${target}.${name}` : name;
}

/** What another saver gives is not an outcome to save. */
function selectTargets(
  nodes: readonly NodeDraft[],
  target: string | readonly string[] | undefined,
  context: ModifierContext,
): readonly NodeDraft[] {
  if (target === undefined) return outcomes(nodes);
  const names = typeof target === 'string' ? [target] : target;
  return names.flatMap((name) => targetNodes(nodes, name, 'saveTo', context));
}

const rules = { name: aText, target: someNames };
