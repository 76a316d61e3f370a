import type { Flatten } from '../../types/flatten.js';
import { boundedList } from '../../errors/name-list.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  withStep,
} from '../../model/definition.js';
import type { InputsOf, NodesOf } from '../../types/infer.js';
import type { Bindings, Refuse } from '../../draft/bindings.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { leadingTo } from '../../draft/targets.js';
import { type Root, rootsOf } from '../../draft/roots.js';
import { draftSubgraph, hintFor, openEdges, rewire, type Subgraph } from './subgraph.js';
import { areOptionsSound, type OptionKinds } from './subgraph-options.js';
import { areInputsSound, claimNames, reportUnused } from './subgraph-problems.js';
import type {
  AnyRecord,
  InNamespaces,
  KnownKeys,
  NoKeys,
  SubgraphInputs,
  SubgraphMisfits,
  UnknownNames,
  Without,
  WrongTypes,
} from './subgraph-types.js';
import type { Followed, InnerKey } from '../../types/targets.js';

/** Options of {@link subdag}. */
export interface SubdagOptions<
  Modules extends readonly object[],
  Given,
  Config,
  External extends readonly string[],
  Namespace extends string,
> {
  /** Namespaces, objects of functions, or modules made by `defineModule`. */
  readonly modules: Modules;
  /** Values for inputs of the sub-graph: a `source('node')` of the graph around it, a `value(x)`, or a plain value. */
  readonly inputs?: Given;
  /** The configuration inside is that of the driver with these keys. A key that nothing inside uses is an error. */
  readonly config?: Config;
  /** Stands before the names of the nodes inside, with a dot. Default: the name of the node. */
  readonly namespace?: Namespace;
  /** Parameters of the function that name nodes of the graph around it. */
  readonly externalInputs?: External;
}

export type SubdagMisfits<Nodes, Inputs, Modules extends readonly object[], Given, Config, External> =
  | SubgraphMisfits<Modules, Given, Config>
  | WrongTypes<Inputs, Modules, External>
  | UnknownParameters<Nodes, Inputs, Modules, Config, External>
  | UnknownNames<External, keyof Inputs, 'externalInputs: there is no parameter'>;

/** Where there are inner nodes, the inputs may be theirs and no parameters. */
type UnknownParameters<
  Nodes,
  Inputs,
  Modules extends readonly object[],
  Config,
  External,
> = InnerKey extends keyof Nodes
  ? never
  : UnknownNames<
      Exclude<keyof Inputs & string, External>,
      keyof NodesOf<Modules> | keyof InputsOf<Modules> | KnownKeys<Config>,
      'neither the sub-graph nor externalInputs has'
    >;

/** What the function and the sub-graph still take from outside. */
export type SubdagInputs<Inputs, Modules extends readonly object[], Given, Config, External> = Flatten<
  {
    [K in keyof Inputs as K extends External
      ? K
      : K extends keyof NodesOf<Modules> | keyof Given | KnownKeys<Config>
        ? never
        : K]: Inputs[K];
  } & Without<SubgraphInputs<Modules, Given, Config>, never>
>;

type NodesWith<Nodes, Sub, Namespace> =
  InNamespaces<Nodes, Sub, Namespace> extends infer More ? Followed<Nodes, keyof More, More> : never;

/**
 * Runs the function on the results of a graph of its own, made of other modules.
 *
 * Every node of the modules is copied as `namespace.node`; each use is a copy of its own, with its own inputs
 * and configuration. Parameters of the function name nodes inside. Those named in `externalInputs` come from
 * the graph around it; those that name an input of the sub-graph take what it takes. Nodes inside see each
 * other, then `inputs` and `config`; what they need beyond these comes from the graph around them by its name.
 * Inputs are wired straight to the nodes that need them and become no nodes. A key of `config` (or of the
 * driver's) that is named like a node inside replaces that node.
 *
 * Several nodes made by an earlier modifier get a copy each, under their own names.
 *
 * Unknown and ill-typed inputs do not compile. Reported at build time: `FP_BAD_MODIFIER`,
 * `FP_UNKNOWN_CONFIG_KEY`, and every problem of the modules.
 *
 * @example
 * ```ts
 * import { createDriver, node, source, subdag } from '@flowerpower/core';
 *
 * const pricing = {
 *   net: ({ gross, rate }: { gross: number; rate: number }) => gross / (1 + rate),
 *   tax: ({ gross, net }: { gross: number; net: number }) => gross - net,
 * };
 * const m = {
 *   ukTax: node(
 *     ({ tax }: { tax: number }) => Math.round(tax),
 *     subdag({ modules: [pricing], inputs: { gross: source('ukSales'), rate: 0.2 } }),
 *   ),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['ukTax', 'ukTax.net'], { inputs: { ukSales: 120 } }); // { ukTax: 20, 'ukTax.net': 100 }
 * ```
 */
export function subdag<
  const Modules extends readonly object[],
  const Given extends Bindings = NoKeys,
  const Config extends AnyRecord = NoKeys,
  const External extends readonly string[] = readonly [],
  const Namespace extends string = never,
>(options: SubdagOptions<Modules, Given, Config, External, Namespace>) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> &
      Refuse<SubdagMisfits<Nodes, Inputs, Modules, Given, Config, External[number]>>,
  ): NodeDefinition<
    NodesWith<Nodes, NodesOf<Modules>, Namespace>,
    SubdagInputs<Inputs, Modules, Given, Config, External[number]>,
    C
  > =>
    withStep(definition, {
      name: 'subdag',
      apply: (nodes, context) => applySubdag(nodes, options, context),
    });
}

export type AnySubdagOptions = SubdagOptions<
  readonly object[],
  AnyRecord,
  AnyRecord,
  readonly string[],
  string
>;

const optionKinds: OptionKinds = {
  modules: 'modules',
  inputs: 'record',
  config: 'record',
  namespace: 'text',
  externalInputs: 'texts',
};

function applySubdag(
  nodes: readonly NodeDraft[],
  options: AnySubdagOptions,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined || !areOptionsSound(first, 'subdag', options, optionKinds, context)) return nodes;
  if (!areInputsSound(first, 'subdag', options, context)) return nodes;
  const roots = rootsOf(nodes, 'subdag', context);
  return roots.reduce((made, root) => {
    const { namespace } = options;
    const several = roots.length > 1 && namespace !== undefined;
    const within = several ? `${root.name}.${namespace}` : (namespace ?? root.name);
    const attached = attachSubgraph(made, root, { step: 'subdag', ...options, namespace: within }, context);
    if (attached === undefined) return made;
    reportUnused(attached.subgraph.unused, context);
    return attached.nodes;
  }, nodes);
}

/** Drafts the sub-graph of a root and lets the root's parameters take what they name in it. */
export function attachSubgraph(
  nodes: readonly NodeDraft[],
  root: Root,
  options: AnySubdagOptions & { readonly step: string; readonly namespace: string },
  context: ModifierContext,
): { readonly nodes: readonly NodeDraft[]; readonly subgraph: Subgraph } | undefined {
  const { step, modules, inputs = {}, config = {}, namespace, externalInputs = [] } = options;
  const [of] = root.members;
  if (of === undefined) return undefined;
  const subgraph = draftSubgraph({ step, of, modules, inputs, config, namespace }, context);
  if (subgraph === undefined || !claimNames(of, step, nodes, subgraph.nodes, context)) return undefined;

  const made = new Set(nodes.map(({ name }) => name));
  const leading = new Map([of.exportName, root.name].map((name) => [name, leadingTo(nodes, name)]));
  // No node takes its own value, nor what comes of it: such a name means a node of the sub-graph.
  const isOuter = (name: string, by: NodeDraft) =>
    !made.has(name) || (leading.has(name) && (name === by.name || leading.get(name)!.has(by.name)));
  const wired = nodes.map((node) =>
    root.members.has(node)
      ? rewire(node, (name) =>
          isOuter(name, node) && !externalInputs.includes(name) ? subgraph.resolve(name) : undefined,
        )
      : node,
  );
  const taken = [...root.members].flatMap((by) =>
    openEdges(by).flatMap(({ node }) => (isOuter(node, by) ? node : [])),
  );
  for (const name of new Set(taken)) {
    if (externalInputs.includes(name) || subgraph.resolve(name) !== undefined) continue;
    context.report(
      modifierProblem(
        of,
        step,
        `the sub-graph has no '${name}' for the parameter`,
        strangerHint(name, subgraph),
      ),
    );
  }
  for (const name of externalInputs.filter((external) => !taken.includes(external))) {
    const message = `externalInputs names '${name}', which is not a parameter`;
    context.report(modifierProblem(of, step, message, hintFor(name, taken, 'The parameters are')));
  }
  return { nodes: [...wired, ...subgraph.nodes], subgraph };
}

function strangerHint(name: string, { leftOut, names }: Subgraph): string {
  const conditions = leftOut.get(name);
  if (conditions !== undefined) {
    return `Variants of '${name}' exist, but the configuration fits none of them: ${boundedList(conditions)}.`;
  }
  const near = hintFor(name, names, 'It has');
  return `${near} Name it in externalInputs if it comes from the graph around.`;
}
