import { kindOf } from '@flowerpower/core';
import * as v from 'valibot';
import { defineLoader, defineSaver, type Loader, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { compression, path } from '../../options/shared-options.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { saveChunks } from '../../target/save-chunks.js';

const options = v.strictObject({ path, compression });

export type TextOptions = v.InferOutput<typeof options>;

/** Loads a UTF-8 file as one string, without a byte order mark. Raises FP_IO_ENCODING, FP_IO_GZIP. */
export const textLoader: Loader<TextOptions, string> = defineLoader({
  type: 'text',
  options,
  valueType: () => 'string',
  async load(given, context) {
    const source = openSource(given, context);
    const value = await readWholeText(source.chunks, given.path);
    return { value, metadata: { ...source.facts(), format: 'text' } };
  },
});

/** Saves a string as UTF-8, as it is. FP_IO_VALUE for anything else. */
export const textSaver: Saver<TextOptions> = defineSaver({
  type: 'text',
  options,
  valueType: () => 'string',
  async save(value, given, context) {
    if (typeof value !== 'string') {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `'${given.path}' needs a text, but was given ${kindOf(value)}.`,
        hint: 'Return a string, or save with the type json, yaml or bytes.',
      });
    }
    return { ...(await saveChunks([value], given, context)), format: 'text' };
  },
});
