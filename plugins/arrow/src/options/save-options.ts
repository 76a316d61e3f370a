import { columnMap, pathOption } from '@flowerpower/io';
import * as v from 'valibot';
import { columnTypes } from '../table/column-types.js';

export const arrowSaveOptions = v.strictObject({
  path: pathOption,
  /** `file` (Feather), or `stream`, which is read from its beginning. Default `file`. */
  format: v.optional(v.picklist(['file', 'stream']), 'file'),
  /**
   * Of rows the columns to write and their types, in this order; other keys are left out. Default: the keys and types of
   * the rows of the first batch. A table has its own.
   */
  columns: v.optional(
    v.pipe(
      columnMap(v.picklist(columnTypes)),
      v.check((given) => Object.keys(given).length > 0, 'must name a column'),
    ),
  ),
  /** Of rows: how many make a record batch. Default 10,000. */
  batchRows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), 10_000),
});

export type ArrowSaveOptions = v.InferOutput<typeof arrowSaveOptions>;
/** As a user writes them. */
export type ArrowSaveInput = v.InferInput<typeof arrowSaveOptions>;
