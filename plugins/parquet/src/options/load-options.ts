import { batchRowsOption, pathOption } from '@flowerpower/io';
import * as v from 'valibot';
import { filterOption } from '../filter/filter-option.js';

const columnNames = v.pipe(
  v.array(v.string()),
  v.minLength(1, 'must name a column'),
  v.check((list) => new Set(list).size === list.length, 'must not repeat a name'),
);

export const parquetLoadOptions = v.strictObject({
  path: pathOption,
  /** `records`: one array of rows. `batches`: an async iterable of arrays of at most `batchRows` rows, read once. */
  as: v.optional(v.picklist(['records', 'batches']), 'records'),
  batchRows: batchRowsOption,
  /** Keep only these columns, in this order. Of the others nothing is read. Default: all. */
  columns: v.optional(columnNames),
  /** Keep only rows that fit. Row groups whose statistics exclude it are not read. Default: all. */
  filter: v.optional(filterOption),
  /**
   * Integers of 64 bits. `auto`: numbers in a column of which the statistics say that all are exact as numbers, else
   * `bigint`. `number`: an error where one would be rounded. Default `auto`.
   */
  int64: v.optional(v.picklist(['auto', 'bigint', 'number', 'string']), 'auto'),
  /** Decimals: `string` with every digit, or the nearest `number`. Default `string`. */
  decimals: v.optional(v.picklist(['string', 'number']), 'string'),
  /**
   * `date`: a Date, and an error where one would lose digits below the millisecond. `milliseconds`: a Date, cut there.
   * `string`: ISO 8601 with every digit. Default `date`.
   */
  timestamps: v.optional(v.picklist(['date', 'milliseconds', 'string']), 'date'),
});

export type ParquetLoadOptions = v.InferOutput<typeof parquetLoadOptions>;
/** As a user writes them. */
export type ParquetLoadInput = v.InferInput<typeof parquetLoadOptions>;
