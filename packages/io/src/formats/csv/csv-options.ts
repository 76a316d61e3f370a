import * as v from 'valibot';
import { columnTypes } from '../../cells/column-type.js';
import { columnMap } from '../../options/column-map.js';
import { encoding } from '../../options/encoding.js';
import { as, batchRows, character, compression, path } from '../../options/shared-options.js';

const names = v.pipe(
  v.array(v.string()),
  v.minLength(1, 'must name a column'),
  v.check((list) => new Set(list).size === list.length, 'must not repeat a name'),
);

export const csvLoadOptions = v.pipe(
  v.strictObject({
    path,
    as,
    batchRows,
    compression,
    encoding,
    /** Default `,`. */
    delimiter: v.optional(character, ','),
    /** Default `"`; null: quotes are ordinary characters. */
    quote: v.optional(v.nullable(character), '"'),
    /** Lines that begin with it are skipped. Default: none. */
    comment: v.optional(character),
    /** Names of the columns when the file has no header row. */
    header: v.optional(names),
    /** Keep only these columns, in this order. Default: all. */
    columns: v.optional(names),
    /** Types by column. A column that is not named is read as strings. */
    types: v.optional(columnMap(v.picklist(columnTypes)), {}),
    /** Give columns without a declared type the type that all their values have. Default false. */
    infer: v.optional(v.boolean(), false),
    /**
     * The fields that stand for null, in every column, and no others: with `[]` none does, and an empty field of a
     * column that holds no strings is an error. Default: the empty fields of columns of other types than string.
     */
    nullValues: v.optional(v.array(v.string())),
    /** Lines to skip in front of the header. Default 0. */
    skipLines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  }),
  v.check(({ delimiter, quote }) => delimiter !== quote, 'delimiter and quote must differ'),
);

export const csvSaveOptions = v.strictObject({
  path,
  compression,
  /** Default `,`. */
  delimiter: v.optional(
    v.pipe(
      character,
      v.check((value) => value !== '"', 'must not be the quote'),
    ),
    ',',
  ),
  /** The columns to write, in this order; other keys are left out. Default: the keys of the first row. */
  columns: v.optional(names),
  /** Put `'` in front of texts that a spreadsheet would run as a formula. Default false. */
  escapeFormulas: v.optional(v.boolean(), false),
});

export type CsvLoadOptions = v.InferOutput<typeof csvLoadOptions>;
export type CsvSaveOptions = v.InferOutput<typeof csvSaveOptions>;
