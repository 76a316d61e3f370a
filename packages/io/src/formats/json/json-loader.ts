import { defineLoader, type Loader } from '../../contract/io.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { type JsonLoadOptions, jsonLoadOptions } from './json-options.js';
import { parseJson } from './parse-json.js';

/**
 * Loads one JSON document (RFC 8259). The whole file is held in memory; use jsonl for large tables.
 *
 * Raises FP_IO_PARSE with line and column, FP_IO_ENCODING, FP_IO_GZIP.
 */
export const jsonLoader: Loader<JsonLoadOptions, unknown> = defineLoader({
  type: 'json',
  options: jsonLoadOptions,
  async load(options, context) {
    const source = openSource(options, context);
    const value = parseJson(await readWholeText(source.chunks, options.path), options.path);
    return { value, metadata: { ...source.facts(), format: 'json' } };
  },
});
