import { defineSaver, type Row, type Saver } from '../../contract/io.js';
import type { FolderSaveOptions } from '../../dataset/folder-options.js';
import { saverWithFolders } from '../../dataset/saver-with-folders.js';
import { rowBatches } from '../../rows/row-batches.js';
import { savedRowsType } from '../../rows/rows-type.js';
import { saveChunks } from '../../target/save-chunks.js';
import { writeJson } from '../json/write-json.js';
import { type JsonlSaveOptions, jsonlSaveOptions } from './jsonl-options.js';

/**
 * Saves rows as JSON Lines, one object per line. Takes an array, iterable or async iterable of rows, or of arrays of
 * rows. Raises FP_IO_VALUE for what json refuses too, naming the row and the path; nothing is written then.
 */
export const jsonlSaver: Saver<JsonlSaveOptions & FolderSaveOptions> = saverWithFolders(
  defineSaver({
    type: 'jsonl',
    options: jsonlSaveOptions,
    valueType: () => savedRowsType,
    async save(value, options, context) {
      let rows = 0;
      async function* lines() {
        for await (const batch of rowBatches(value, options.path)) {
          yield batch.map((row) => toLine(row, ++rows, options.path)).join('');
        }
      }
      const stored = await saveChunks(lines(), options, context);
      return { ...stored, format: 'jsonl', rows };
    },
  }),
  { freeForm: true, extension: (options) => `.jsonl${options.compression === 'gzip' ? '.gz' : ''}` },
);

function toLine(row: Row, number: number, file: string): string {
  return `${writeJson(row, `Row ${number} for '${file}'`, 0)}\n`;
}
