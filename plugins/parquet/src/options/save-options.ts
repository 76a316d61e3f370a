import { columnMap, pathOption } from '@flowerpower/io';
import * as v from 'valibot';
import { isWellFormed } from '../values/is-well-formed.js';

/** What a column may be declared to hold. */
const columnTypes = [
  'string',
  'number',
  'integer',
  'bigint',
  'boolean',
  'timestamp',
  'date',
  'bytes',
  'json',
] as const;

export type ParquetColumnType = (typeof columnTypes)[number];

export const parquetSaveOptions = v.strictObject({
  path: pathOption,
  /**
   * The columns to write and their types, in this order; other keys are left out. Default: the keys and types of the
   * rows of the first row group.
   */
  columns: v.optional(
    v.pipe(
      columnMap(v.picklist(columnTypes)),
      v.check((given) => Object.keys(given).length > 0, 'must name a column'),
      v.check(
        (given) => Object.keys(given).every(isWellFormed),
        'must name no column by half of a surrogate pair',
      ),
    ),
  ),
  /** Default `snappy`. `zstd` needs Node 22.15. */
  compression: v.optional(v.picklist(['snappy', 'gzip', 'zstd', 'none']), 'snappy'),
  /** Rows of a row group, which is held in memory while it is written. Default 30,000. */
  rowGroupRows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), 30_000),
});

export type ParquetSaveOptions = v.InferOutput<typeof parquetSaveOptions>;
/** As a user writes them. */
export type ParquetSaveInput = v.InferInput<typeof parquetSaveOptions>;
