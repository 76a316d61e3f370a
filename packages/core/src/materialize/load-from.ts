import type { Flatten } from '../types/flatten.js';
import type { Intersect } from '../types/intersect.js';
import { setOwnProperty } from '../model/own-property.js';
import { type ModifierContext, type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import {
  type DataLoader,
  isDataLoader,
  type LoadedData,
  type NeedsOf,
  versionOfMaterializer,
} from './contract.js';
import type { FitsParameter } from './fits.js';
import { loadDraft, valueDraft } from './load-drafts.js';
import { reportOptions } from './option-edges.js';
import { bindParameters } from '../draft/bind-parameters.js';
import type { Refuse } from '../draft/bindings.js';
import { isEveryParameterKnown } from '../draft/known-parameters.js';
import { modifierProblem } from '../draft/modifier-problem.js';
import { collapsedName } from '../draft/rename-nodes.js';
import { source } from '../draft/source.js';
import type { Followed, OwnName } from '../types/targets.js';

type Loaders = Readonly<Record<string, DataLoader>>;

type Given<L extends DataLoader> = Awaited<ReturnType<L['load']>>;

type MisfitsOfLoaders<Inputs, L extends Loaders> = {
  [P in keyof L & string]: P extends keyof Inputs
    ? FitsParameter<Given<L[P]>[0], Required<Inputs>[P]> extends true
      ? never
      : `the loader of '${P}' gives another type`
    : `there is no parameter '${P}'`;
}[keyof L & string];

type LoadNodes<Inputs, L extends Loaders> = {
  readonly [P in keyof L & string as `${OwnName}.load_data.${P}`]: LoadedData<
    ParameterOf<Inputs, P>,
    Given<L[P]>[1]
  >;
} & { readonly [P in keyof L & string as `${OwnName}.select_data.${P}`]: ParameterOf<Inputs, P> };

type ParameterOf<Inputs, P> = P extends keyof Inputs ? Required<Inputs>[P] : unknown;

type InputsAfter<Inputs, L extends Loaders> = Flatten<
  { [K in keyof Inputs as K extends keyof L ? never : K]: Inputs[K] } & Intersect<
    { [P in keyof L]: NeedsOf<L[P]> }[keyof L]
  >
>;

/**
 * Gives parameters what loaders read, so that the function stays pure.
 *
 * For each parameter `p` of the node `X` there is a node `X.load_data.p` with the pair of value and metadata, and a
 * node `X.select_data.p` with the value. Options of a loader may be `source('node')`. Where the export has become
 * several nodes they share what is loaded; the names then start with that of the export. To load for each of
 * them, write `loadFrom` before `parameterize`.
 *
 * A loader whose value does not fit the parameter does not compile, nor does an unknown parameter. Reported when
 * the graph is built: `FP_BAD_MODIFIER`, and what the loader says about its options.
 *
 * `createMaterializers` of `@flowerpower/io` makes loaders for files; any {@link DataLoader} will do.
 *
 * @example
 * ```ts
 * import { createDriver, type DataLoader, loadFrom, node } from '@flowerpower/core';
 *
 * const numbers: DataLoader<number[], { count: number }> = {
 *   type: 'numbers',
 *   options: {},
 *   load: () => [[3, 4], { count: 2 }],
 * };
 * const m = {
 *   total: node(({ rows }: { rows: number[] }) => rows.reduce((sum, row) => sum + row, 0), loadFrom({ rows: numbers })),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['total', 'total.load_data.rows']); // { total: 7, 'total.load_data.rows': [[3, 4], { count: 2 }] }
 * ```
 */
export function loadFrom<const L extends Loaders>(loaders: L) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<MisfitsOfLoaders<Inputs, L>>,
  ): NodeDefinition<
    Followed<Nodes & LoadNodes<Inputs, L>, keyof LoadNodes<Inputs, L>, Record<never, never>>,
    InputsAfter<Inputs, L>,
    C
  > =>
    withStep(definition, {
      name: 'loadFrom',
      version: Object.entries(loaders ?? {}).map(([name, loader]) => [name, versionOfMaterializer(loader)]),
      apply: (nodes, context) => loadParameters(nodes, loaders, context),
    });
}

function loadParameters(
  nodes: readonly NodeDraft[],
  loaders: unknown,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined || !isEveryParameterKnown(nodes, loaders, 'loadFrom', context)) return nodes;
  const own = ownName(nodes, first);
  const added: NodeDraft[] = [];
  const bindings: Record<string, unknown> = {};
  for (const [parameter, loader] of Object.entries(loaders as Readonly<Record<string, unknown>>)) {
    if (!isDataLoader(loader)) {
      const message = `what '${parameter}' is loaded from is not a loader`;
      const hint = `Write loadFrom({ ${parameter}: from.csv({ path: '${parameter}.csv' }) }), for example.`;
      context.report(modifierProblem(first, 'loadFrom', message, hint));
      continue;
    }
    reportOptions(first, 'loadFrom', loader, context);
    const pair = `${own}.load_data.${parameter}`;
    const selected = `${own}.select_data.${parameter}`;
    const type = nodes
      .flatMap(({ parameters }) => parameters)
      .find((edge) => edge.parameter === parameter)?.type;
    added.push(loadDraft(first, pair, loader), valueDraft(first, selected, pair, { type }));
    setOwnProperty<unknown>(bindings, parameter, source(selected));
  }
  return [...nodes.map((node) => bindParameters(node, bindings)), ...added];
}

/** The name that the export's own node has, or would have if it were one. */
function ownName(nodes: readonly NodeDraft[], { exportName }: NodeDraft): string {
  return nodes.some(({ name }) => name === exportName) ? exportName : collapsedName(exportName);
}
