import type { Row } from '../contract/io.js';
import { type ArrowTable } from './arrow-table.js';
import { type ArrowPolicy, createArrowReader, defaultArrowPolicy } from './arrow-reader.js';

/**
 * The rows of a table of Apache Arrow, batch by batch, with at most 1000 rows each. Integers of 64 bits become numbers in a
 * column that holds none that would be rounded, else `bigint`; decimals texts; timestamps and dates `Date`.
 *
 * @throws FlowerPowerError `FP_IO_PARSE` for a column of a type that is not read (intervals, unions), and for a timestamp that is finer than a
 *   millisecond.
 */
export function* arrowRowBatches(
  table: ArrowTable,
  name: string,
  policy: ArrowPolicy = defaultArrowPolicy,
): Generator<Row[], void> {
  const reader = createArrowReader(table.schema.fields, policy, name);
  reader.decide(table.batches);
  let seen = 0;
  for (const batch of table.batches) {
    for (let start = 0; start < batch.numRows; start += batchRows)
      yield reader.rows(batch, seen, { start, end: Math.min(batch.numRows, start + batchRows) });
    seen += batch.numRows;
  }
}

const batchRows = 1000;
