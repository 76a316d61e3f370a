import { type NodeDefinition, withStep } from '../../model/definition.js';
import type { Refuse } from '../../draft/bindings.js';
import type { FieldOf } from './extract-fields.js';
import {
  type ExtractOptions,
  extractionStep,
  type MissingParts,
  type Names,
  type Parts,
  splitOptions,
} from '../../draft/extraction.js';
import { takeColumn } from './take-column.js';
import type { Followed, TargetsOf } from '../../types/targets.js';

/** Records give an array of their cells; a record of arrays gives the array itself. */
export type ColumnOf<V, Name, Fill> = unknown extends V
  ? V
  : V extends readonly (infer Row)[]
    ? [FieldOf<Row, Name>] extends [never]
      ? never
      : (FieldOf<Row, Name> | Fill)[]
    : FieldOf<V, Name> extends infer Column
      ? Column extends ArrayLike<unknown>
        ? Column | ([Fill] extends [never] ? never : Fill[])
        : never
      : never;

type ColumnsOf<Nodes, Targets extends keyof Nodes, Columns extends Names, Fill> = {
  [T in Targets]: { [Name in Columns[number]]: ColumnOf<Nodes[T], Name, Fill> };
};

type ColumnExtraction<Columns extends Names, Fill, Target> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> &
    Refuse<MissingParts<ColumnsOf<Nodes, TargetsOf<Nodes, Target>, Columns, Fill>>>,
) => NodeDefinition<
  Followed<Nodes, TargetsOf<Nodes, Target>, Parts<ColumnsOf<Nodes, TargetsOf<Nodes, Target>, Columns, Fill>>>,
  Inputs,
  C
>;

/**
 * Adds a node for each named column of the table that the node gives. The node itself stays.
 *
 * A table is an array of records, or a record of arrays (or typed arrays) of one length. A cell that is
 * absent or undefined fails the column's node with `FP_MISSING_PART`, unless `fillWith` gives a value for it;
 * in a record of arrays it fills the whole absent column. A table without rows gives empty columns. Several
 * nodes and `target`: as for {@link extractFields}.
 *
 * @example
 * ```ts
 * import { createDriver, extractColumns, node } from '@flowerpower/core';
 *
 * const m = {
 *   sales: node(() => [{ day: 1, price: 5 }, { day: 2, price: 7 }], extractColumns('day', 'price')),
 *   total: ({ price }: { price: number[] }) => price.reduce((sum, one) => sum + one, 0),
 * };
 * createDriver({ modules: [m] }).executeSync(['day', 'total']); // { day: [1, 2], total: 12 }
 * ```
 */
export function extractColumns<const Columns extends Names>(
  ...columns: Columns
): ColumnExtraction<Columns, never, never>;
export function extractColumns<
  const Columns extends Names,
  Fill = never,
  const Target extends string = never,
>(
  ...columnsAndOptions: readonly [...Columns, ExtractOptions<Fill, Target>]
): ColumnExtraction<Columns, Fill, Target>;
export function extractColumns(...args: readonly unknown[]): ColumnExtraction<Names, unknown, never> {
  const { parts, options } = splitOptions(args);
  const fill = Object.hasOwn(options, 'fillWith') ? { value: options.fillWith } : undefined;
  return (definition) =>
    withStep(
      definition,
      extractionStep(
        'extractColumns',
        parts,
        options,
        (column) => (table, source) => takeColumn(table, column, { source, fill, adviceFor }),
      ),
    );
}

const adviceFor = (what: string) => `Give extractColumns a fillWith for ${what} that may be absent.`;
