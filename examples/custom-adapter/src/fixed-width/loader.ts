import type { OpenRecord } from '@flowerpower/core';
import {
  decodeText,
  defineLoader,
  type IoContext,
  type IoMetadata,
  loadRows,
  openSource,
  splitLines,
} from '@flowerpower/io';
import { legacyError } from '../errors.js';
import { type LoadOptions, loadOptions } from './options.js';

/** Which columns there are, only the options tell; each holds a text. */
export type TextRow = OpenRecord<unknown, string>;

/**
 * Loads fixed-width text: every line is a row, every column so many characters of it, without the spaces around the text.
 * What is missing at the end of a line counts as spaces. Raises LEGACY_LINE_TOO_LONG with the line.
 */
export const fixedWidthLoader = defineLoader({
  type: 'fixedWidth',
  options: loadOptions,
  valueType({ columns, as }) {
    const row = `{ ${columns.map(({ name }) => `${JSON.stringify(name)}: string`).join('; ')} }`;
    return as === 'batches' ? `AsyncIterable<${row}[]>` : `${row}[]`;
  },
  // `loadRows` reads everything or hands batches on; `read` only knows the format.
  load: (options, context) =>
    loadRows<TextRow>(options, context, {
      format: 'fixedWidth',
      read: (batchRows, version) => readRows(options, context, { batchRows, version }),
    }),
});

async function* readRows(
  options: LoadOptions,
  context: IoContext,
  { batchRows, version }: { readonly batchRows: number; readonly version: string | undefined },
): AsyncGenerator<TextRow[], IoMetadata> {
  const source = openSource(options, context, version);
  let batch: TextRow[] = [];
  let rows = 0;
  for await (const lines of splitLines(decodeText(source.chunks, options.path))) {
    for (const { text, number } of lines) {
      batch.push(rowOf(text, number, options));
      rows++;
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
  const columns = options.columns.map(({ name }) => ({ name, type: 'string' }));
  return { ...source.facts(), format: 'fixedWidth', rows, columns };
}

function rowOf(text: string, line: number, { columns, path: file }: LoadOptions): TextRow {
  const characters = Array.from(text);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  if (characters.length > width) {
    throw legacyError({
      code: 'LEGACY_LINE_TOO_LONG',
      message: `'${file}' line ${line} has ${characters.length} characters, and its columns ${width}.`,
      hint: 'Compare the widths of the columns with the description of the file.',
      places: [{ file, line, column: width + 1 }],
      retryable: false,
    });
  }
  let at = 0;
  const cells = columns.map((column) => {
    const cell = characters.slice(at, (at += column.width)).join('');
    return [column.name, cell.replace(/^ +| +$/g, '')] as const;
  });
  return Object.fromEntries(cells);
}
