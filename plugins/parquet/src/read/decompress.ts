/** Decompression that makes no more bytes than a page claims to hold. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';

export type Decompress = (input: Uint8Array, outputBytes: number) => Uint8Array;

export type Decompressors = Readonly<Partial<Record<CompressionCodec, Decompress>>>;

let ready: Promise<Decompressors> | undefined;

/** For every codec that files have, but LZO, which nobody writes any more. */
export function decompressors(): Promise<Decompressors> {
  return (ready ??= make());
}

async function make(): Promise<Decompressors> {
  const { compressors, decompressZstd } = await import('hyparquet-compressors');
  const { LZ4, LZ4_RAW, SNAPPY } = compressors;
  return {
    UNCOMPRESSED: (input) => input,
    GZIP: (input, maxOutputLength) => gunzipSync(input, { maxOutputLength: Math.max(1, maxOutputLength) }),
    BROTLI: (input, maxOutputLength) =>
      brotliDecompressSync(input, { maxOutputLength: Math.max(1, maxOutputLength) }),
    ZSTD: (input, outputBytes) => decompressZstd(input, new Uint8Array(outputBytes)),
    ...(SNAPPY && { SNAPPY }),
    ...(LZ4 && { LZ4 }),
    ...(LZ4_RAW && { LZ4_RAW }),
  };
}
