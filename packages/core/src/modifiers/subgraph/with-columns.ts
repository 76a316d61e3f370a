import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  withStep,
} from '../../model/definition.js';
import type { Bindings, Refuse } from '../../draft/bindings.js';
import { draftAppended, draftTaker, tableParameter } from './draft-columns.js';
import { isRecord } from '../../errors/option-rules.js';
import { isExtraction } from '../../draft/extraction.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import type { PipedEdge } from '../../draft/piped-edge.js';
import { type Root, rootsOf } from '../../draft/roots.js';
import { source } from '../../draft/source.js';
import { leadFrom } from '../pipe/piped-edges.js';
import { draftSubgraph, hintFor, openEdges, type Subgraph } from './subgraph.js';
import { areOptionsSound, type OptionKinds } from './subgraph-options.js';
import { areInputsSound, claimNames, reportUnused } from './subgraph-problems.js';
import type { AnyRecord, NoKeys } from './subgraph-types.js';
import { markInner } from '../../draft/targets.js';
import type { InputsWithColumns, MisfitsOfWithColumns, NodesWithColumns } from './with-columns-types.js';

/** Options of {@link withColumns}. */
export interface WithColumnsOptions<
  Modules extends readonly object[],
  Column extends string,
  Table extends string,
  Select extends string,
  Given,
  Config,
  On extends string,
  Namespace extends string,
> {
  /** Namespaces, objects of functions, or modules made by `defineModule`. */
  readonly modules: Modules;
  /** Inputs of the sub-graph that are columns of the table. Either this or `passTableAs`. */
  readonly columnsToPass?: readonly Column[];
  /** The input of the sub-graph that takes the table as a whole. */
  readonly passTableAs?: Table;
  /** Nodes of the sub-graph to append as columns, in this order. At least one. */
  readonly select: readonly Select[];
  /** Further inputs of the sub-graph, and its configuration: as for `subdag`. */
  readonly inputs?: Given;
  readonly config?: Config;
  /** The parameter that takes the table. Default: the only one. */
  readonly on?: On;
  /** Stands before the names of the nodes made here, with a dot. Default: the name of the node. */
  readonly namespace?: Namespace;
}

/**
 * Computes columns of a table parameter with a graph of other modules, and appends them before the function runs.
 *
 * A table is an array of records, or a record of arrays (or typed arrays). The sub-graph takes some of its
 * columns, or the table itself. The function receives a new table with the selected columns appended; one that
 * was there is replaced. The type of its parameter is that of the table it receives.
 *
 * Made are the nodes of the modules, those that take the columns (or the table) out, and `with_columns`, the
 * new table: all under the name of the node, as in `report.price`, `report.revenue`, `report.with_columns`.
 *
 * A cell that is absent fails the column with `FP_MISSING_PART`; a selected node that gives no array, or one of
 * another length than the table, fails `with_columns` with `FP_COLUMN_MISMATCH`. Wrong names and types do not
 * compile. Reported at build time: `FP_BAD_MODIFIER`, `FP_UNKNOWN_CONFIG_KEY`, and every problem of the modules.
 *
 * @example
 * ```ts
 * import { createDriver, node, withColumns } from '@flowerpower/core';
 *
 * const columns = {
 *   revenue: ({ price, amount }: { price: number[]; amount: number[] }) => price.map((one, i) => one * amount[i]!),
 * };
 * const m = {
 *   sales: () => [{ price: 2, amount: 3 }, { price: 5, amount: 1 }],
 *   best: node(
 *     ({ sales }: { sales: { price: number; amount: number; revenue: number }[] }) =>
 *       Math.max(...sales.map(({ revenue }) => revenue)),
 *     withColumns({ modules: [columns], columnsToPass: ['price', 'amount'], select: ['revenue'] }),
 *   ),
 * };
 * createDriver({ modules: [m] }).executeSync(['best', 'best.revenue']); // { best: 6, 'best.revenue': [6, 5] }
 * ```
 */
export function withColumns<
  const Modules extends readonly object[],
  const Select extends string,
  const Column extends string = never,
  const Table extends string = never,
  const Given extends Bindings = NoKeys,
  const Config extends AnyRecord = NoKeys,
  const On extends string = never,
  const Namespace extends string = never,
>(options: WithColumnsOptions<Modules, Column, Table, Select, Given, Config, On, Namespace>) {
  type Request = {
    readonly modules: Modules;
    readonly given: Given;
    readonly config: Config;
    readonly columns: Column;
    readonly table: Table;
    readonly select: Select;
    readonly on: On;
    readonly namespace: Namespace;
  };
  const version = isRecord(options) && [options.columnsToPass, options.passTableAs, options.select];
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<MisfitsOfWithColumns<Inputs, Request>>,
  ): NodeDefinition<NodesWithColumns<Nodes, Inputs, Request>, InputsWithColumns<Inputs, Request>, C> =>
    withStep(definition, {
      name: step,
      version,
      apply: (nodes, context) => applyWithColumns(nodes, options, context),
    });
}

const step = 'withColumns';

type AnyOptions = WithColumnsOptions<
  readonly object[],
  string,
  string,
  string,
  AnyRecord,
  AnyRecord,
  string,
  string
>;

const optionKinds: OptionKinds = {
  modules: 'modules',
  columnsToPass: 'texts',
  passTableAs: 'text',
  select: 'texts',
  inputs: 'record',
  config: 'record',
  on: 'text',
  namespace: 'text',
};

function applyWithColumns(
  nodes: readonly NodeDraft[],
  options: AnyOptions,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined || !areOptionsSound(first, step, options, optionKinds, context)) return nodes;
  const faults = faultsOf(options);
  for (const { message, hint } of faults) context.report(modifierProblem(first, step, message, hint));
  if (!areInputsSound(first, step, options, context) || faults.length > 0) return nodes;
  const roots = rootsOf(nodes, step, context);
  return roots.reduce((made, root) => {
    const { namespace } = options;
    const several = roots.length > 1 && namespace !== undefined;
    const within = several ? `${root.name}.${namespace}` : (namespace ?? root.name);
    return appendTo(made, root, { ...options, namespace: within }, context);
  }, nodes);
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

function faultsOf({ columnsToPass, passTableAs, select, inputs = {}, config = {} }: AnyOptions): Fault[] {
  const faults: Fault[] = [];
  const passed = passedNames(columnsToPass, passTableAs);
  if (passed.length === 0 || (columnsToPass !== undefined && passTableAs !== undefined)) {
    const message = 'it must be given either columnsToPass or passTableAs';
    faults.push({ message, hint: "Write columnsToPass: ['price'], or passTableAs: 'table'." });
  }
  if ((select ?? []).length === 0) {
    faults.push({
      message: 'it selects no column to append',
      hint: "Write select: ['revenue'], for example.",
    });
  }
  for (const name of passed.filter((key) => Object.hasOwn({ ...inputs, ...config }, key))) {
    faults.push({
      message: `'${name}' is taken from the table and given as well`,
      hint: 'Give it in one place.',
    });
  }
  return faults;
}

function passedNames(columns: readonly string[] = [], table: string | undefined): readonly string[] {
  return table === undefined ? columns : [...columns, table];
}

function appendTo(
  nodes: readonly NodeDraft[],
  root: Root,
  options: AnyOptions & { readonly namespace: string },
  context: ModifierContext,
): readonly NodeDraft[] {
  const { modules, inputs = {}, config = {}, select, namespace } = options;
  const table = tableOf(nodes, root, options.on, context);
  if (table === undefined) return nodes;
  const { of, edge } = table;
  const passed = passedNames(options.columnsToPass, options.passTableAs);
  const fromTable = Object.fromEntries(passed.map((name) => [name, source(`${namespace}.${name}`)]));
  const request = { step, of, modules, inputs: { ...inputs, ...fromTable }, config, namespace };
  const subgraph = draftSubgraph(request, context);
  if (subgraph === undefined) return nodes;
  reportUnused(subgraph.unused, context);
  if (!areColumnsKnown(of, select, subgraph, namespace, context)) return nodes;

  const takers = passed.map((name) => draftTaker(of, edge, name, options));
  const appended = draftAppended(of, edge, select, namespace);
  // A sub-graph that computes what is passed to it has been reported as such.
  const computed = new Set(subgraph.nodes.map(({ name }) => name));
  const added = [...takers.filter(({ name }) => !computed.has(name)), ...subgraph.nodes, appended];
  if (!claimNames(of, step, nodes, added, context)) return nodes;
  return [
    ...nodes.map((node) => (node === of ? leadFrom(node, [edge], appended.name) : node)),
    ...added.map(markInner),
  ];
}

/** The parameter that takes the table, and the node that has it. */
function tableOf(nodes: readonly NodeDraft[], root: Root, on: string | undefined, context: ModifierContext) {
  const made = new Set(nodes.map(({ name }) => name));
  const takers = [...root.members].filter((node) => !isExtraction(node));
  // The function itself first: a check or step around it may have a parameter of that name as well.
  const edges = takers
    .sort((a, b) => Number(b.name === root.name) - Number(a.name === root.name))
    .flatMap((of) => openEdges(of).map((edge: PipedEdge) => ({ of, edge })))
    .filter(({ edge }) => edge.parameter !== tableParameter);
  const outer = edges.filter(({ edge }) => !made.has(edge.node));
  if (on === undefined && outer.length === 1) return outer[0];
  const found = edges.find(({ edge }) => (edge.pipedAs ?? edge.parameter) === on);
  const [of] = root.members;
  if (found !== undefined || of === undefined) return found;
  const names = outer.map(({ edge }) => edge.parameter);
  const [message, hint] =
    on === undefined
      ? ['nothing says which parameter takes the table', `Write on: '${names[0] ?? 'table'}', for example.`]
      : [`there is no parameter '${on}' to take the table`, hintFor(on, names, 'The parameters are')];
  context.report(modifierProblem(of, step, message, hint));
  return undefined;
}

function areColumnsKnown(
  of: NodeDraft,
  select: readonly string[],
  { nodes }: Subgraph,
  namespace: string,
  context: ModifierContext,
): boolean {
  const known = nodes.map(({ name }) => name.slice(namespace.length + 1));
  const unknown = select.filter((name) => !known.includes(name));
  for (const name of unknown) {
    const message = `the sub-graph has no node '${name}' to select`;
    context.report(modifierProblem(of, step, message, hintFor(name, known, 'It has')));
  }
  return unknown.length === 0;
}
