/** Opens a stored file for a loader: as one pass of bytes, decompressed, measured on the way. */
import { messageOf } from '@flowerpower/core';
import { createHash } from 'node:crypto';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { IoContext, IoMetadata } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import type { Compression } from '../options/shared-options.js';

export interface SourceOptions {
  /** As written in the options: it is what errors name. */
  readonly path: string;
  readonly compression?: Compression | undefined;
}

/** The facts about the stored file that are known when its last byte has been read. */
export type StoredFacts = Pick<IoMetadata, 'uri' | 'bytes' | 'sha256'>;

export interface Source {
  /** The content, once. Leaving the loop early closes the file. */
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  /** Call it after the last chunk. */
  readonly facts: () => StoredFacts;
}

/** True when the content is, or is to be, gzip-compressed. */
export function isGzip({ path, compression }: SourceOptions): boolean {
  return compression === undefined ? path.endsWith('.gz') : compression === 'gzip';
}

/** Opening happens at the first chunk, so a source that is never read holds nothing. */
export function openSource(options: SourceOptions, context: IoContext, ifMatch?: string): Source {
  const { fs, path } = context.resolve(options.path);
  const hash = createHash('sha256');
  let bytes = 0;

  async function* stored(): AsyncGenerator<Uint8Array, void> {
    const stream = await fs.createReadStream(path, { signal: context.signal, ifMatch });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      yield chunk;
    }
  }

  return {
    chunks: isGzip(options) ? gunzipped(stored(), options.path) : stored(),
    facts: () => ({ uri: fs.uri(path), bytes, sha256: hash.copy().digest('hex') }),
  };
}

async function* gunzipped(
  stored: AsyncGenerator<Uint8Array, void>,
  file: string,
): AsyncGenerator<Uint8Array, void> {
  let failure: unknown;
  const gunzip = createGunzip();
  async function* watched() {
    try {
      yield* stored;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  const closed = new Promise<void>((resolve) => {
    // Failures surface where the loop below reads.
    pipeline(Readable.from(watched(), { objectMode: false }), gunzip, () => resolve());
  });
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    throw failure ?? gzipError(file, error);
  } finally {
    gunzip.destroy();
    await closed;
    await stored.return();
  }
}

function gzipError(file: string, cause: unknown) {
  return ioError({
    code: 'FP_IO_GZIP',
    message: `'${file}' is not valid gzip data: ${messageOf(cause)}.`,
    hint: "Fetch the file again if it is damaged; if it is not compressed, set compression: 'none'.",
    places: [{ file }],
    cause,
  });
}
