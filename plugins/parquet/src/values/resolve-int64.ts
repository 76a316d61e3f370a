/** Which type the 64-bit integers of a column get when nobody chose one. */
import type { RowGroup, Statistics } from 'hyparquet';
import type { ParquetColumn } from '../footer/columns-of.js';
import { leavesOf } from '../footer/check-footer.js';
import { kindOfLeaf } from './kind-of-leaf.js';

/**
 * `number` where the statistics of every row group say that all of them are exact as numbers, else `bigint`: one type for
 * the whole column, known before it is read.
 */
export function resolveInt64(column: ParquetColumn, groups: readonly RowGroup[]): 'bigint' | 'number' {
  const isSafe = leavesOf(column.tree).every((leaf, index) => {
    if (kindOfLeaf(leaf.element).is !== 'bigint') return true;
    return groups.every(({ columns }) => {
      const { statistics, num_values: values } = columns[column.chunks.from + index]?.meta_data ?? {};
      if (values === 0n || (values !== undefined && statistics?.null_count === values)) return true;
      return isSafeBound(lowest(statistics)) && isSafeBound(highest(statistics));
    });
  });
  return isSafe ? 'number' : 'bigint';
}

function isSafeBound(bound: unknown): boolean {
  return (typeof bound === 'bigint' || typeof bound === 'number') && Number.isSafeInteger(Number(bound));
}

export function lowest(statistics: Statistics | undefined): unknown {
  return statistics?.min_value ?? statistics?.min;
}

export function highest(statistics: Statistics | undefined): unknown {
  return statistics?.max_value ?? statistics?.max;
}
