import { messageOf } from '@flowerpower/core';
import { defineSaver, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { saveChunks } from '../../target/save-chunks.js';
import { checkPlainData } from '../../values/check-plain-data.js';
import { type JsonSaveOptions, jsonSaveOptions } from './json-options.js';

/**
 * Saves one value as a JSON document, ending in a line break. Dates become ISO 8601 texts.
 *
 * What JSON would drop or change without a word raises FP_IO_VALUE with its path: undefined, functions, symbols,
 * bigint, NaN, infinities, invalid dates, Map, Set and other class instances without `toJSON`, cycles.
 */
export const jsonSaver: Saver<JsonSaveOptions> = defineSaver({
  type: 'json',
  options: jsonSaveOptions,
  async save(value, options, context) {
    checkPlainData(value, `The value for '${options.path}'`);
    const stored = await saveChunks([`${toJson(value, options)}\n`], options, context);
    return { ...stored, format: 'json' };
  },
});

function toJson(value: unknown, { path, indent }: JsonSaveOptions): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (cause) {
    throw ioError({
      code: 'FP_IO_VALUE',
      message: `The value for '${path}' cannot be written as JSON: ${messageOf(cause)}.`,
      hint: 'It may be nested too deeply, be too large, or have a toJSON that throws.',
      cause,
    });
  }
}
