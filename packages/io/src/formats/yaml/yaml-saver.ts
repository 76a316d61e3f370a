import { defineSaver, type Saver } from '../../contract/io.js';
import { saveChunks } from '../../target/save-chunks.js';
import { checkPlainData } from '../../values/check-plain-data.js';
import { type YamlOptions, yamlOptions } from './yaml-options.js';

/**
 * Saves one value as a YAML 1.2 document. Takes what the json saver takes, and refuses the same with FP_IO_VALUE.
 * Dates become ISO 8601 texts; an object that is reached twice is written twice.
 */
export const yamlSaver: Saver<YamlOptions> = defineSaver({
  type: 'yaml',
  options: yamlOptions,
  async save(value, options, context) {
    checkPlainData(value, `The value for '${options.path}'`);
    const { stringify } = await import('yaml');
    // Without folding a text stays on its line, so that changes of files are easy to read.
    const text = stringify(value, { version: '1.2', lineWidth: 0, aliasDuplicateObjects: false });
    return { ...(await saveChunks([text], options, context)), format: 'yaml' };
  },
});
