import { kindOf } from '@flowerpower/core';
import * as v from 'valibot';
import { defineLoader, defineSaver, type Loader, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { encoding } from '../../options/encoding.js';
import { compression, path } from '../../options/shared-options.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { saveChunks } from '../../target/save-chunks.js';

export const textLoadOptions = v.strictObject({ path, compression, encoding });
const saveOptions = v.strictObject({ path, compression });

export type TextLoadOptions = v.InferOutput<typeof textLoadOptions>;
export type TextSaveOptions = v.InferOutput<typeof saveOptions>;

/** Loads a file as one string, without a byte order mark. Raises FP_IO_ENCODING, FP_IO_GZIP. */
export const textLoader: Loader<TextLoadOptions, string> = defineLoader({
  type: 'text',
  options: textLoadOptions,
  valueType: () => 'string',
  async load(given, context) {
    const source = openSource(given, context);
    const value = await readWholeText(source.chunks, given.path, given.encoding);
    return { value, metadata: { ...source.facts(), format: 'text' } };
  },
});

/** Saves a string as UTF-8, as it is. FP_IO_VALUE for anything else. */
export const textSaver: Saver<TextSaveOptions> = defineSaver({
  type: 'text',
  options: saveOptions,
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
