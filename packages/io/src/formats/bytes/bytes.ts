import { kindOf } from '@flowerpower/core';
import { types } from 'node:util';
import * as v from 'valibot';
import { defineLoader, defineSaver, type Loader, type Saver } from '../../contract/io.js';
import { ioError } from '../../errors/io-error.js';
import { path } from '../../options/shared-options.js';
import { safely } from '../../values/safely.js';
import { openSource } from '../../source/open-source.js';
import { saveChunks } from '../../target/save-chunks.js';

const options = v.strictObject({ path });

export type BytesOptions = v.InferOutput<typeof options>;

/** Loads a file as a Uint8Array, exactly as stored: `.gz` is not decompressed. */
export const bytesLoader: Loader<BytesOptions, Uint8Array> = defineLoader({
  type: 'bytes',
  options,
  valueType: () => 'Uint8Array',
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
  valueType: () => 'Uint8Array | ArrayBuffer',
  async save(value, given, context) {
    const bytes = bytesOf(value);
    if (bytes === undefined) {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `'${given.path}' needs bytes, but was given ${kindOf(value)}${isDetached(value) ? ' whose memory was given away' : ''}.`,
        hint: 'Return a Uint8Array, or save with the type text or json.',
      });
    }
    return { ...(await saveChunks([bytes], { ...given, compression: 'none' }, context)), format: 'bytes' };
  },
});

/** Undefined for what holds no bytes: also for memory that was transferred to somebody else. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (isDetached(value)) return undefined;
  if (types.isArrayBuffer(value)) return new Uint8Array(value);
  return types.isUint8Array(value) ? value : undefined;
}

function isDetached(value: unknown): boolean {
  const buffer = types.isUint8Array(value) ? value.buffer : value;
  if (!types.isArrayBuffer(buffer) || buffer.byteLength > 0) return false;
  // Only a view tells an empty buffer from one without memory.
  return safely(() => new Uint8Array(buffer), undefined) === undefined;
}
