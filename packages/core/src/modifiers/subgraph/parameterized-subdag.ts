import type { Flatten } from '../../types/flatten.js';
import type { Intersect } from '../../types/intersect.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  type Self,
  withStep,
} from '../../model/definition.js';
import type { CoreProblem } from '../../errors/catalogue.js';
import type { NodesOf } from '../../types/infer.js';
import type { Bindings, Refuse } from '../../draft/bindings.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { type AnySubdagOptions, attachSubgraph, type SubdagInputs, type SubdagMisfits } from './subdag.js';
import { areOptionsSound, type OptionKinds } from './subgraph-options.js';
import { areInputsSound, reportUnused } from './subgraph-problems.js';
import type { AnyRecord, NoKeys } from './subgraph-types.js';
import type { InnerKey, NamesOf } from '../../types/targets.js';

/** What one node of {@link parameterizedSubdag} gives to its own copy of the sub-graph. */
interface OutputParts {
  readonly inputs?: Bindings;
  readonly config?: AnyRecord;
  readonly externalInputs?: readonly string[];
}

type Outputs = Readonly<Record<string, OutputParts>>;

/** Options of {@link parameterizedSubdag}. */
export interface ParameterizedSubdagOptions<
  Modules extends readonly object[],
  O,
  Given,
  Config,
  External extends readonly string[],
> {
  /** Namespaces, objects of functions, or modules made by `defineModule`. */
  readonly modules: Modules;
  /** The nodes to make, each with the inputs and configuration of its own copy. These come before the shared ones. */
  readonly outputs: O;
  /** Shared by all copies, as are the following two; otherwise as for `subdag`. */
  readonly inputs?: Given;
  readonly config?: Config;
  readonly externalInputs?: External;
}

type PartOf<Out, Part extends string, Absent> = Out extends { readonly [P in Part]: infer Given }
  ? Given
  : Absent;
type Over<Shared, Own> = Flatten<
  { readonly [K in keyof Shared as K extends keyof Own ? never : K]: Shared[K] } & Own
>;

type ExternalOf<Out, External> =
  PartOf<Out, 'externalInputs', readonly never[]> extends readonly (infer Name)[] ? Name | External : never;

/** The faults of what each copy is given. */
type MisfitsOfOutputs<Nodes, Inputs, Modules extends readonly object[], O, Given, Config, External> =
  | {
      [Out in keyof O]: SubdagMisfits<
        Nodes,
        Inputs,
        Modules,
        Over<Given, PartOf<O[Out], 'inputs', NoKeys>>,
        Over<Config, PartOf<O[Out], 'config', NoKeys>>,
        ExternalOf<O[Out], External>
      >;
    }[keyof O]
  | ([NamesOf<Nodes>] extends [Self] ? never : 'write parameterizedSubdag before modifiers that add nodes');

type Copies<Nodes, Sub, O> = {
  [E in {
    [Out in keyof O & string]:
      | [name: Out, value: Nodes[NamesOf<Nodes>]]
      | { [K in keyof Sub & string]: [name: `${Out}.${K}`, value: Sub[K]] }[keyof Sub & string];
  }[keyof O & string] as E[0]]: E[1];
};

type WithInner<Nodes, O> = Flatten<Nodes & { readonly [K in InnerKey]: Exclude<keyof Nodes, keyof O> }>;

type InputsOfOutputs<Inputs, Modules extends readonly object[], O, Given, Config, External> = Intersect<
  {
    [Out in keyof O]: SubdagInputs<
      Inputs,
      Modules,
      Over<Given, PartOf<O[Out], 'inputs', NoKeys>>,
      Over<Config, PartOf<O[Out], 'config', NoKeys>>,
      ExternalOf<O[Out], External>
    >;
  }[keyof O]
>;

/**
 * One node for each key of `outputs`, each with its own copy of a sub-graph; the export's own name is not a node.
 *
 * The node `key` is the function on the copy whose nodes are named `key.node`. Its `inputs`, `config` and
 * `externalInputs` add to the shared ones, and win over them. A shared key that no copy uses is an error.
 * Stands before modifiers that make further nodes; otherwise as `subdag`.
 *
 * To choose the outputs by configuration, write this modifier inside `resolve`.
 *
 * @example
 * ```ts
 * import { createDriver, node, parameterizedSubdag, source } from '@flowerpower/core';
 *
 * const pricing = { net: ({ gross, rate }: { gross: number; rate: number }) => gross / (1 + rate) };
 * const m = {
 *   nets: node(
 *     ({ net }: { net: number }) => net,
 *     parameterizedSubdag({
 *       modules: [pricing],
 *       inputs: { gross: source('sales') },
 *       outputs: { ukNet: { inputs: { rate: 0.2 } }, deNet: { inputs: { rate: 0.5 } } },
 *     }),
 *   ),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['ukNet', 'deNet.net'], { inputs: { sales: 120 } }); // { ukNet: 100, 'deNet.net': 80 }
 * ```
 */
export function parameterizedSubdag<
  const Modules extends readonly object[],
  const O extends Outputs,
  const Given extends Bindings = NoKeys,
  const Config extends AnyRecord = NoKeys,
  const External extends readonly string[] = readonly [],
>(options: ParameterizedSubdagOptions<Modules, O, Given, Config, External>) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> &
      Refuse<MisfitsOfOutputs<Nodes, Inputs, Modules, O, Given, Config, External[number]>>,
  ): NodeDefinition<
    WithInner<Copies<Nodes, NodesOf<Modules>, O>, O>,
    Flatten<InputsOfOutputs<Inputs, Modules, O, Given, Config, External[number]>>,
    C
  > =>
    withStep(definition, {
      name: step,
      apply: (nodes, context) => applyParameterized(nodes, options, context),
    });
}

const step = 'parameterizedSubdag';

type AnyOptions = Omit<AnySubdagOptions, 'namespace'> & { readonly outputs?: Outputs };

const partKinds: OptionKinds = { inputs: 'record', config: 'record', externalInputs: 'texts' };
const optionKinds: OptionKinds = {
  modules: 'modules',
  outputs: 'record',
  inputs: 'record',
  config: 'record',
  externalInputs: 'texts',
};

function applyParameterized(
  nodes: readonly NodeDraft[],
  options: AnyOptions,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined || !areOptionsSound(first, step, options, optionKinds, context)) return nodes;
  const { outputs = {}, ...shared } = options;
  const entries = Object.entries(outputs);
  if (entries.length === 0) {
    const hint = `Write ${step}({ modules: [module], outputs: { first: { … }, second: { … } } }).`;
    context.report(modifierProblem(first, step, 'it names no node to make', hint));
    return nodes;
  }
  if (nodes.length > 1) {
    const hint = `Write ${step} before modifiers that make further nodes.`;
    context.report(modifierProblem(first, step, 'there is more than one node to copy', hint));
    return nodes;
  }
  const sound = entries.filter(
    ([, parts]) =>
      areOptionsSound(first, step, parts, partKinds, context) &&
      areInputsSound(first, step, mergeParts(shared, parts), context),
  );
  const copies = sound.map(([name, parts]) => draftCopy(first, name, mergeParts(shared, parts), context));
  reportUnusedParts(shared, sound, copies, context);
  return copies.flatMap((copy) => copy?.nodes ?? []);
}

function mergeParts(shared: Omit<AnyOptions, 'outputs'>, own: OutputParts): AnySubdagOptions {
  return {
    modules: shared.modules,
    inputs: { ...shared.inputs, ...own.inputs },
    config: { ...shared.config, ...own.config },
    externalInputs: [...(shared.externalInputs ?? []), ...(own.externalInputs ?? [])],
  };
}

function draftCopy(of: NodeDraft, name: string, options: AnySubdagOptions, context: ModifierContext) {
  const copy: NodeDraft = { ...of, name, derived: true };
  return attachSubgraph(
    [copy],
    { name, members: new Set([copy]) },
    { ...options, step, namespace: name },
    context,
  );
}

/** What only one copy is given must be used by it; what all are given, by one of them. */
function reportUnusedParts(
  shared: Omit<AnyOptions, 'outputs'>,
  entries: readonly (readonly [string, OutputParts])[],
  copies: readonly ReturnType<typeof draftCopy>[],
  context: ModifierContext,
): void {
  const drafted = copies.flatMap((copy) => copy?.subgraph ?? []);
  if (drafted.length < copies.length) return;
  const sharedKeys = Object.keys({ ...shared.inputs, ...shared.config });
  for (const [index, { unused }] of drafted.entries()) {
    const [, own] = entries[index]!;
    const excused = sharedKeys.filter((key) => !Object.hasOwn({ ...own.inputs, ...own.config }, key));
    reportUnused(unused, context, excused);
  }
  const usedByNone = drafted[0]?.unused ?? new Map<string, CoreProblem>();
  const reported = [...usedByNone.keys()].filter(
    (key) => !sharedKeys.includes(key) || drafted.some(({ unused }) => !unused.has(key)),
  );
  reportUnused(usedByNone, context, reported);
}
