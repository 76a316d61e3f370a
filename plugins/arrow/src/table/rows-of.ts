import { type ArrowPolicy, arrowRowBatches, defaultArrowPolicy, type Row } from '@flowerpower/io';
import type { Table } from 'apache-arrow';

/**
 * The rows of a table of apache-arrow. Without a policy integers of 64 bits become numbers in a column that holds none that
 * would be rounded, else `bigint`; decimals texts; timestamps and dates `Date`.
 *
 * @throws FlowerPowerError `FP_IO_PARSE` for a column of a type that has no rows (intervals, unions), and for what would lose
 *   digits.
 *
 * @example
 * ```ts
 * import { tableFromArrays } from 'apache-arrow';
 * import { rowsOf } from '@flowerpower/plugin-arrow';
 *
 * rowsOf(tableFromArrays({ id: BigInt64Array.of(1n, 2n) })); // [{ id: 1 }, { id: 2 }]
 * ```
 */
export function rowsOf(table: Table, policy: Partial<ArrowPolicy> = {}): Row[] {
  return [...arrowRowBatches(table, 'the table', { ...defaultArrowPolicy, ...policy })].flat();
}
