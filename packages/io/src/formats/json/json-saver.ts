import { defineSaver, type Saver } from '../../contract/io.js';
import { saveChunks } from '../../target/save-chunks.js';
import { plainDataType } from '../../values/plain-data-type.js';
import { type JsonSaveOptions, jsonSaveOptions } from './json-options.js';
import { writeJson } from './write-json.js';

/**
 * Saves one value as a JSON document, ending in a line break. Dates become ISO 8601 texts.
 *
 * What JSON would drop or change without a word raises FP_IO_VALUE with its path: undefined, functions, symbols,
 * bigint, NaN, infinities, invalid dates, Map, Set and other class instances without `toJSON`, cycles, more than 1,000
 * levels, and values that cannot be read.
 */
export const jsonSaver: Saver<JsonSaveOptions> = defineSaver({
  type: 'json',
  options: jsonSaveOptions,
  valueType: () => plainDataType,
  async save(value, options, context) {
    const text = writeJson(value, `The value for '${options.path}'`, options.indent);
    return { ...(await saveChunks([`${text}\n`], options, context)), format: 'json' };
  },
});
