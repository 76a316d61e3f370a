/** Stores what a saver produces: compressed if asked for, measured, and in one step. */
import { messageOf } from '@flowerpower/core';
import { createHash } from 'node:crypto';
import { Readable, pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type FileWriter, soon } from '@flowerpower/fs';
import type { IoContext } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { isGzip, type SourceOptions, type StoredFacts } from '../source/open-source.js';
import { encodeText } from './encode-text.js';

export type Chunks = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * Writes all chunks and makes the file visible. On any failure, of the chunks too, the old file stays as it was and
 * nothing else remains. A path that ends in `.gz` is compressed, unless `compression` says `none`.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { saveChunks } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * const stored = await saveChunks(['a', 'bc'], { path: 'a.txt' }, { resolve: (path) => ({ fs, path }) });
 * stored.bytes; // 3
 * ```
 */
export async function saveChunks(
  chunks: Chunks,
  options: SourceOptions,
  context: IoContext,
): Promise<StoredFacts> {
  const { fs, path } = context.resolve(options.path);
  const hash = createHash('sha256');
  let bytes = 0;
  const writer = await fs.openWrite(path, { signal: context.signal });
  try {
    const encoded = encode(chunks, options.path);
    for await (const chunk of isGzip(options) ? gzipped(encoded) : encoded) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await abort(writer, options.path, error);
    throw error;
  }
  return { uri: fs.uri(path), bytes, sha256: hash.digest('hex') };
}

async function* encode(chunks: Chunks, file: string): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? encodeText(chunk, file) : chunk;
}

async function* gzipped(chunks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  const gzip = createGzip();
  const closed = new Promise<void>((resolve) => {
    // A failure of the chunks destroys gzip with it, and surfaces where the loop below reads.
    pipeline(Readable.from(chunks, { objectMode: false }), gzip, () => resolve());
  });
  try {
    for await (const chunk of gzip) yield chunk as Uint8Array;
  } finally {
    gzip.destroy();
    // It reads ahead, and what it waits for may never come.
    await soon(async () => {
      await closed;
      await chunks.return();
    });
  }
}

async function abort(writer: FileWriter, file: string, error: unknown): Promise<void> {
  try {
    await writer.abort();
  } catch (abortError) {
    throw ioError({
      code: 'FP_IO_CLEANUP',
      message: `Saving '${file}' failed, and so did removing the unfinished file. The old content is as it was.`,
      hint: 'Remove files named .<name>.….tmp beside it, once the disk works again.',
      cause: new AggregateError([error, abortError], messageOf(error)),
    });
  }
}
