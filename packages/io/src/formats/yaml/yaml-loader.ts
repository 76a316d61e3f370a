import { defineLoader, type Loader } from '../../contract/io.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { parseYaml } from './parse-yaml.js';
import { type YamlLoadOptions, yamlLoadOptions } from './yaml-options.js';

/**
 * Loads one YAML 1.2 document (core schema: `yes` and `no` are texts). An empty file is null. Keys become texts.
 *
 * Raises FP_IO_PARSE with line and column, up to 20 problems at once: syntax, repeated keys, keys that are lists or
 * maps, any tag beyond the core schema, more than one document, more than 100 levels, aliases that stand for more than
 * a million values, and whole numbers that would lose digits (see `largeIntegers`). Also FP_IO_ENCODING, FP_IO_GZIP.
 */
export const yamlLoader: Loader<YamlLoadOptions, unknown> = defineLoader({
  type: 'yaml',
  options: yamlLoadOptions,
  valueType: () => 'unknown',
  async load(options, context) {
    const source = openSource(options, context);
    const text = await readWholeText(source.chunks, options.path);
    const value = await parseYaml(text, options.path, options.largeIntegers);
    return { value, metadata: { ...source.facts(), format: 'yaml' } };
  },
});
