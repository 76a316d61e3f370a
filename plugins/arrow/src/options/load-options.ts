import { batchRowsOption, pathOption } from '@flowerpower/io';
import * as v from 'valibot';

export const arrowLoadOptions = v.strictObject({
  path: pathOption,
  /**
   * `records`: one array of rows. `batches`: an async iterable of arrays of at most `batchRows` rows, read once.
   * `arrow`: a `Table` of apache-arrow.
   */
  as: v.optional(v.picklist(['records', 'batches', 'arrow']), 'records'),
  batchRows: batchRowsOption,
  /**
   * Integers of 64 bits in rows. `auto`: numbers in a column that holds none that would be rounded, else `bigint`; of
   * batches the first decides. `number`: an error where one would be rounded. Default `auto`.
   */
  int64: v.optional(v.picklist(['auto', 'bigint', 'number', 'string']), 'auto'),
  /** Decimals in rows: `string` with every digit, or the nearest `number`. Default `string`. */
  decimals: v.optional(v.picklist(['string', 'number']), 'string'),
  /**
   * Timestamps in rows. `date`: a Date, and an error where one would lose digits below the millisecond. `milliseconds`: a
   * Date, cut there. `string`: ISO 8601 with every digit. Default `date`.
   */
  timestamps: v.optional(v.picklist(['date', 'milliseconds', 'string']), 'date'),
});

export type ArrowLoadOptions = v.InferOutput<typeof arrowLoadOptions>;
/** As a user writes them. */
export type ArrowLoadInput = v.InferInput<typeof arrowLoadOptions>;
