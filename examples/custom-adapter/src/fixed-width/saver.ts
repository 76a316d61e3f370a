import { defineSaver, type Row, rowBatches, saveChunks } from '@flowerpower/io';
import { legacyError } from '../errors.js';
import { type Column, saveOptions } from './options.js';

/** Rows, or arrays of rows, at once or as they come. */
export type Rows = Iterable<object> | AsyncIterable<object>;

/**
 * Saves rows as fixed-width text. Takes texts, finite numbers, true and false; null and undefined are spaces. Never cuts a
 * text: raises LEGACY_VALUE for what does not fit, and the old file stays as it was.
 */
export const fixedWidthSaver = defineSaver({
  type: 'fixedWidth',
  options: saveOptions,
  valueType: () => 'Iterable<object> | AsyncIterable<object>',
  async save(value: Rows, options, context) {
    const { columns, path } = options;
    let rows = 0;
    async function* lines() {
      // `rowBatches` refuses what is no table; `saveChunks` writes all or nothing.
      for await (const batch of rowBatches(value, path)) {
        yield batch.map((row) => lineOf(row, columns, `Row ${++rows} for '${path}'`)).join('');
      }
    }
    const stored = await saveChunks(lines(), options, context);
    return { ...stored, format: 'fixedWidth', rows };
  },
});

function lineOf(row: Row, columns: readonly Column[], what: string): string {
  const unknown = Object.keys(row).find((key) => !columns.some(({ name }) => name === key));
  if (unknown !== undefined) throw misfit(`${what} has '${unknown}', and no column of that name.`);
  return `${columns.map((column) => cellOf(row[column.name], column, what)).join('')}\n`;
}

function cellOf(value: unknown, { name, width, align }: Column, what: string): string {
  const text = textOf(value);
  if (text === undefined) throw misfit(`${what}: '${name}' is no text, number, true or false.`);
  if (/[\r\n]|^ | $/.test(text)) {
    throw misfit(
      `${what}: '${name}' would come back changed: a line break, or a space around it, is no part of a column.`,
    );
  }
  const missing = width - Array.from(text).length;
  if (missing < 0) throw misfit(`${what}: '${name}' has ${-missing} characters more than its ${width}.`);
  return align === 'right' ? ' '.repeat(missing) + text : text + ' '.repeat(missing);
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function misfit(message: string) {
  const hint = 'Change the row, or the columns.';
  return legacyError({ code: 'LEGACY_VALUE', message, hint, retryable: false });
}
