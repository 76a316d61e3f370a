import {
  defineSaver,
  type FolderSaveOptions,
  rowBatches,
  type RowsToSave,
  saveChunks,
  savedRowsType,
  type Saver,
  saverWithFolders,
} from '@flowerpower/io';
import {
  type ParquetSaveInput,
  type ParquetSaveOptions,
  parquetSaveOptions,
} from './options/save-options.js';
import { ParquetTable } from './write/parquet-table.js';

/**
 * Saves rows as Parquet, one row group at a time. Takes an array, iterable or async iterable of rows, or of arrays of
 * rows.
 *
 * Texts, booleans, Dates (as instants to the millisecond), Uint8Arrays and bigints of 64 bits are stored as such; whole
 * numbers as integers of 64 bits, where all of a column are, else numbers; lists and objects as JSON. Null, undefined and a
 * missing key are null. Raises FP_IO_VALUE with row and column for what does not fit; nothing is written then.
 *
 * A path that ends with `/` is a folder, in which rows can be split and added to; see `saverWithFolders`.
 */
export const parquetSaver: Saver<
  ParquetSaveOptions & FolderSaveOptions,
  RowsToSave,
  ParquetSaveInput & FolderSaveOptions
> = saverWithFolders(
  defineSaver({
    type: 'parquet',
    options: parquetSaveOptions,
    valueType: () => savedRowsType,
    async save(value: RowsToSave, options, context) {
      const table = new ParquetTable(options);
      const chunks = table.encode(rowBatches(value, options.path));
      const stored = await saveChunks(chunks, { path: options.path, compression: 'none' }, context);
      return { ...stored, format: 'parquet', ...table.facts() };
    },
  }),
);
