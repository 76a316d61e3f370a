/** Which row groups may hold rows that are asked for, and which of their rows are. */
import type { RowGroup } from 'hyparquet';
import { namedColumns, type ParquetColumn } from '../footer/columns-of.js';
import { highest, lowest } from '../values/resolve-int64.js';
import { compileCondition, type CompiledCondition } from './compile-condition.js';
import { conditionsOf, type FilterOption } from './filter-option.js';

export interface RowFilter {
  /** What must be read to judge a row. */
  readonly columns: readonly ParquetColumn[];
  /** False where the statistics of a row group say that no row of it fits. */
  mayMatch(group: RowGroup): boolean;
  /** The indexes of the rows that fit, in their order. `valuesOf` gives the stored values of a column. */
  matches(valuesOf: (column: string) => ArrayLike<unknown>, rows: number): number[];
}

/** FP_IO_COLUMNS for a column that the file does not have, FP_IO_OPTIONS for a value that its column cannot hold. */
export function createRowFilter(
  filter: FilterOption,
  columns: readonly ParquetColumn[],
  file: string,
): RowFilter {
  const named = namedColumns(columns, Object.keys(filter), { file, option: 'filter' });
  const byName = new Map(named.map((column) => [column.name, column]));
  const groups = conditionsOf(filter).map((anyOf) =>
    anyOf.map((condition) => compileCondition(condition, byName.get(condition.column)!.tree, file)),
  );
  return {
    columns: named,
    mayMatch: (group) =>
      groups.every((anyOf) =>
        anyOf.some((condition) => mayHold(condition, byName.get(condition.column)!, group)),
      ),
    matches(valuesOf, rows) {
      const tests = groups.map((anyOf) =>
        anyOf.map((condition) => ({ condition, values: valuesOf(condition.column) })),
      );
      const found: number[] = [];
      for (let row = 0; row < rows; row++) {
        if (tests.every((anyOf) => anyOf.some(({ condition, values }) => holds(condition, values[row]))))
          found.push(row);
      }
      return found;
    },
  };
}

function holds({ isOfNull, operator, compare }: CompiledCondition, value: unknown): boolean {
  const isNull = value === null || value === undefined;
  if (isOfNull) return isNull === (operator === 'eq');
  if (isNull) return operator === 'ne';
  return fits[operator](compare(value));
}

const fits: Readonly<Record<CompiledCondition['operator'], (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function mayHold(condition: CompiledCondition, column: ParquetColumn, group: RowGroup): boolean {
  const { statistics } = group.columns[column.chunks.from]?.meta_data ?? {};
  const nulls = statistics?.null_count;
  const { operator, compareBound: compare } = condition;
  if (condition.isOfNull) return operator === 'eq' ? nulls !== 0n : nulls !== group.num_rows;
  if (operator === 'ne') return true;
  if (nulls !== undefined && nulls === group.num_rows) return false;
  const [low, high] = [lowest(statistics), highest(statistics)];
  if (compare === undefined || low === undefined || high === undefined) return true;
  const [below, above] = [compare(low), compare(high)];
  switch (operator) {
    case 'eq':
      return !(below > 0 || above < 0);
    case 'gt':
      return !(above <= 0);
    case 'gte':
      return !(above < 0);
    case 'lt':
      return !(below >= 0);
    default:
      return !(below > 0);
  }
}
