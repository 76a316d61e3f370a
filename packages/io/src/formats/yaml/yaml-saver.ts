import { messageOf } from '@flowerpower/core';
import { loadYamlLibrary } from '@flowerpower/yaml';
import { defineSaver, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { saveChunks } from '../../target/save-chunks.js';
import { plainDataType } from '../../values/plain-data-type.js';
import { checkPlainData } from '../../values/check-plain-data.js';
import { yamlDepth } from './yaml-depth.js';
import { type YamlSaveOptions, yamlSaveOptions } from './yaml-options.js';

/**
 * Saves one value as a YAML 1.2 document. Takes what the json saver takes up to 100 levels, and refuses the same with
 * FP_IO_VALUE. Dates become ISO 8601 texts; an object that is reached twice is written twice.
 */
export const yamlSaver: Saver<YamlSaveOptions> = defineSaver({
  type: 'yaml',
  options: yamlSaveOptions,
  valueType: () => plainDataType,
  async save(value, options, context) {
    const where = `The value for '${options.path}'`;
    checkPlainData(value, where, yamlDepth);
    const { stringify } = await loadYamlLibrary();
    let text: string;
    try {
      // Without folding a text stays on its line, so that changes of files are easy to read.
      text = stringify(value, { version: '1.2', lineWidth: 0, aliasDuplicateObjects: false });
    } catch (cause) {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `${where} cannot be written as YAML: ${messageOf(cause)}.`,
        hint: 'Its text may be too long for one string, or one of its getters gives another value each time.',
        cause,
      });
    }
    return { ...(await saveChunks([text], options, context)), format: 'yaml' };
  },
});
