import * as v from 'valibot';
import { defineLoader, defineSaver, type Loader, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { path } from '../../options/shared-options.js';
import { describe } from '../../values/describe.js';
import { openSource } from '../../source/open-source.js';
import { saveChunks } from '../../target/save-chunks.js';

const options = v.strictObject({ path });

export type BytesOptions = v.InferOutput<typeof options>;

/** Loads a file as a Uint8Array, exactly as stored: `.gz` is not decompressed. */
export const bytesLoader: Loader<BytesOptions, Uint8Array> = defineLoader({
  type: 'bytes',
  options,
  async load(given, context) {
    const source = openSource({ ...given, compression: 'none' }, context);
    const chunks: Uint8Array[] = [];
    for await (const chunk of source.chunks) chunks.push(chunk);
    const value = new Uint8Array(Buffer.concat(chunks));
    return { value, metadata: { ...source.facts(), format: 'bytes' } };
  },
});

/** Saves a Uint8Array or ArrayBuffer as it is. FP_IO_VALUE for anything else. */
export const bytesSaver: Saver<BytesOptions> = defineSaver({
  type: 'bytes',
  options,
  async save(value, given, context) {
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
    if (!(bytes instanceof Uint8Array)) {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `'${given.path}' needs bytes, but was given ${describe(value)}.`,
        hint: 'Return a Uint8Array, or save with the type text or json.',
      });
    }
    return { ...(await saveChunks([bytes], { ...given, compression: 'none' }, context)), format: 'bytes' };
  },
});
