import { kindOf } from '@flowerpower/core';
import { defineLoader, type IoContext, type IoMetadata, type Loader, type Row } from '../../contract/io.js';
import type { FolderTypes } from '../../dataset/folder-options.js';
import { loaderWithFolders } from '../../dataset/loader-with-folders.js';
import { ioError } from '../../errors/io-error.js';
import { loadRows } from '../../rows/load-rows.js';
import { rowsType } from '../../rows/rows-type.js';
import { decodeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { parseJson } from '../json/parse-json.js';
import { type JsonlLoadOptions, jsonlLoadOptions } from './jsonl-options.js';
import { type Line, splitLines } from './split-lines.js';

/**
 * Loads JSON Lines (jsonlines.org): one object per line, as rows, all at once or as batches. Blank lines are skipped.
 *
 * Raises FP_IO_PARSE with line and column for the first line that is not a JSON object or that json would refuse,
 * FP_IO_ENCODING, FP_IO_GZIP.
 */
export const jsonlLoader: Loader<JsonlLoadOptions & FolderTypes, Row[] | AsyncIterable<Row[]>> =
  loaderWithFolders(
    defineLoader({
      type: 'jsonl',
      options: jsonlLoadOptions,
      valueType: ({ as }) => rowsType('OpenRecord<{}, unknown>', as),
      load: (options, context) =>
        loadRows(options, context, {
          format: 'jsonl',
          read: (batchRows, version) => readJsonl(options, context, batchRows, version),
        }),
    }),
  );

async function* readJsonl(
  options: JsonlLoadOptions,
  context: IoContext,
  batchRows: number,
  version: string | undefined,
): AsyncGenerator<Row[], IoMetadata> {
  const source = openSource(options, context, version);
  let rows = 0;
  let batch: Row[] = [];
  for await (const lines of splitLines(decodeText(source.chunks, options.path))) {
    for (const line of lines) {
      batch.push(parseRow(line, options));
      rows++;
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
  return { ...source.facts(), format: 'jsonl', rows };
}

function parseRow({ text, number }: Line, { path: file, largeIntegers }: JsonlLoadOptions): Row {
  const value = parseJson(text, { file, firstLine: number, largeIntegers });
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw ioError({
    code: 'FP_IO_PARSE',
    message: `'${file}' line ${number} is ${kindOf(value)}, not an object.`,
    hint: 'Every line of a jsonl file is one row; load other JSON with the type json.',
    places: [{ file, line: number, column: 1 }],
  });
}
