/** The nodes that `withColumns` makes around its sub-graph. */
import type { DraftParameter, NodeDraft } from '../../model/definition.js';
import { appendColumns } from '../extract/append-columns.js';
import { deciding } from '../../model/decides.js';
import { draftExtraction } from '../../draft/extraction.js';
import { takeColumn } from '../extract/take-column.js';

/** No parameter of a function can be named so, and nothing can be bound to it. */
export const tableParameter = '[table]';

interface TakerOptions {
  readonly namespace: string;
  /** The name under which the table itself is taken. */
  readonly passTableAs?: string;
}

/** Takes one column, or the table itself, for the sub-graph. */
export function draftTaker(
  of: NodeDraft,
  edge: DraftParameter,
  name: string,
  options: TakerOptions,
): NodeDraft {
  const { passTableAs, namespace } = options;
  const table: NodeDraft = { ...of, name: edge.node, type: edge.type, tags: {}, doc: undefined };
  const take = (given: unknown, from: string) =>
    name === passTableAs ? given : takeColumn(given, name, { source: from, adviceFor });
  const taker = draftExtraction(
    table,
    `${namespace}.${name}`,
    deciding(take, { given: { name, passTableAs } }),
  );
  return { ...taker, parameters: [{ ...plainEdge(edge), parameter: edge.node, optional: false }] };
}

const adviceFor = (what: string) =>
  `Where ${what} may be absent, let the sub-graph take the table: passTableAs.`;

export function draftAppended(
  of: NodeDraft,
  edge: DraftParameter,
  select: readonly string[],
  namespace: string,
): NodeDraft {
  const edges = select.map((name) => ({ parameter: name, node: `${namespace}.${name}`, optional: false }));
  return {
    name: `${namespace}.with_columns`,
    exportName: of.exportName,
    kind: 'function',
    fn: (table: unknown, ...columns: readonly unknown[]) =>
      appendColumns(
        table,
        Object.fromEntries(select.map((name, index) => [name, columns[index]])),
        edge.node,
      ),
    style: 'positional',
    parameters: [{ ...plainEdge(edge), parameter: tableParameter, optional: false }, ...edges],
    bound: {},
    takesContext: false,
    tags: {},
    module: of.module,
    place: of.place,
    doc: `${edge.node} with ${select.join(', ')}.`,
    type: edge.type,
    derived: true,
  };
}

/** The edge without what its node keeps of earlier steps. */
function plainEdge({ parameter, node, optional, type, collect }: DraftParameter): DraftParameter {
  return { parameter, node, optional, type, collect };
}
