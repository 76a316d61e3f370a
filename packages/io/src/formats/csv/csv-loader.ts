import { defineLoader, type Loader, type Row } from '../../contract/io.js';
import { loaderWithFolders } from '../../dataset/loader-with-folders.js';
import { kindOfPath } from '../../dataset/many-path.js';
import { loadRows } from '../../rows/load-rows.js';
import { rowsType } from '../../rows/rows-type.js';
import { planColumns } from './csv-columns.js';
import { csvHeader } from './csv-header.js';
import { csvRowType } from './csv-row-type.js';
import { type CsvLoadOptions, csvLoadOptions } from './csv-options.js';
import { CsvReader } from './read-csv.js';

/**
 * Loads CSV (RFC 4180; LF, CRLF and CR end lines; UTF-8) as rows, all at once or as batches.
 *
 * Every field is a string unless `types` declares its column or `infer` is set. Blank lines are skipped. An empty
 * file has no rows. Raises FP_IO_PARSE for ragged rows, misplaced quotes and values that do not fit, with line and
 * column, up to 20 at a time; FP_IO_COLUMNS for repeated or unknown columns; FP_IO_ENCODING; FP_IO_GZIP.
 *
 * A folder or a pattern of files is one source of rows; see `loaderWithFolders`.
 *
 * With `as: 'batches'`, `infer` decides by the first batch, and a later value that does not fit is an error.
 */
export const csvLoader: Loader<CsvLoadOptions, Row[] | AsyncIterable<Row[]>> = loaderWithFolders(
  defineLoader({
    type: 'csv',
    options: csvLoadOptions,
    valueType: (options) =>
      rowsType(csvRowType(isOneFile(options) ? options : ofUnknownFiles(options)), options.as),
    async look(options, context) {
      const header = await csvHeader(options, context);
      if (header === undefined) return undefined;
      const columns = planColumns(header, options).map(({ name }) => name);
      return { valueType: rowsType(csvRowType({ ...options, columns }), options.as), columns };
    },
    load: (options, context) =>
      loadRows(options, context, {
        format: 'csv',
        read: (batchRows, version) => new CsvReader(options, context, version).read(batchRows),
      }),
  }),
);

function isOneFile({ path }: CsvLoadOptions): boolean {
  return kindOfPath(path) === 'file';
}

/** Folders may bring columns, and values that were saved there come back with the types that they had. */
function ofUnknownFiles(options: CsvLoadOptions): CsvLoadOptions {
  return { ...options, header: undefined, infer: true };
}
