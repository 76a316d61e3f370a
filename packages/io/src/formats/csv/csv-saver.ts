import { defineSaver, type Saver } from '../../contract/io.js';
import type { FolderSaveOptions } from '../../dataset/folder-options.js';
import { saverWithFolders } from '../../dataset/saver-with-folders.js';
import { rowBatches } from '../../rows/row-batches.js';
import { savedRowsType } from '../../rows/rows-type.js';
import { saveChunks } from '../../target/save-chunks.js';
import { CsvTable } from './csv-table.js';
import { type CsvSaveOptions, csvSaveOptions } from './csv-options.js';

/**
 * Saves rows as CSV (RFC 4180, UTF-8, LF) with a header row. Takes an array, iterable or async iterable of rows, or
 * of arrays of rows.
 *
 * Dates are written in ISO 8601, null and undefined as empty fields. Raises FP_IO_VALUE for a key that the first row
 * does not have, for values that a field cannot hold (objects, NaN, infinities, invalid dates), and for a column in
 * `columns` that no row has; nothing is written then. Without rows and without `columns` the file is empty.
 *
 * A path that ends with `/` is a folder, in which rows can be split and added to; see `saverWithFolders`.
 */
export const csvSaver: Saver<CsvSaveOptions & FolderSaveOptions> = saverWithFolders(
  defineSaver({
    type: 'csv',
    options: csvSaveOptions,
    valueType: () => savedRowsType,
    async save(value, options, context) {
      const table = new CsvTable(options);
      const stored = await saveChunks(table.encode(rowBatches(value, options.path)), options, context);
      return { ...stored, format: 'csv', ...table.facts() };
    },
  }),
  {
    extension: (options) => `.csv${options.compression === 'gzip' ? '.gz' : ''}`,
    dialect: ({ delimiter }) => ({ delimiter }),
  },
);
