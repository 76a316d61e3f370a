import { defineLoader, type Loader } from '../../contract/io.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { type JsonLoadOptions, jsonLoadOptions } from './json-options.js';
import { parseJson } from './parse-json.js';

/**
 * Loads one JSON document (RFC 8259). The whole file is held in memory; use jsonl for large tables.
 *
 * Raises FP_IO_PARSE with line and column, also for what a parser would lose in silence: keys that an object has twice
 * and whole numbers beyond 2^53 (see `largeIntegers`); and for more than 1,000 levels. A key `__proto__` is a key like
 * any other. Also FP_IO_ENCODING, FP_IO_GZIP.
 */
export const jsonLoader: Loader<JsonLoadOptions, unknown> = defineLoader({
  type: 'json',
  options: jsonLoadOptions,
  valueType: () => 'unknown',
  async load(options, context) {
    const source = openSource(options, context);
    const text = await readWholeText(source.chunks, options.path);
    const value = parseJson(text, { file: options.path, largeIntegers: options.largeIntegers });
    return { value, metadata: { ...source.facts(), format: 'json' } };
  },
});
