/** What the pages of a file are compressed by. */
import * as zlib from 'node:zlib';
import { FlowerPowerError } from '@flowerpower/core';
import type { CompressionCodec } from 'hyparquet';
import type { ParquetSaveOptions } from '../options/save-options.js';

export interface Compression {
  readonly codec: CompressionCodec;
  /** Snappy comes with the library. */
  readonly compressors: Readonly<Partial<Record<CompressionCodec, (input: Uint8Array) => Uint8Array>>>;
}

/** FP_IO_OPTIONS for one that this Node cannot make. */
export function compressionOf({ compression, path }: ParquetSaveOptions): Compression {
  switch (compression) {
    case 'none':
      return { codec: 'UNCOMPRESSED', compressors: {} };
    case 'snappy':
      return { codec: 'SNAPPY', compressors: {} };
    case 'gzip':
      return { codec: 'GZIP', compressors: { GZIP: (input) => zlib.gzipSync(input) } };
    default: {
      const compress: unknown = Reflect.get(zlib, 'zstdCompressSync');
      if (typeof compress !== 'function') {
        throw new FlowerPowerError({
          code: 'FP_IO_OPTIONS',
          message: `'${path}' cannot be saved with compression 'zstd' by Node ${process.versions.node}.`,
          hint: "Use Node 22.15 or later, or compression: 'snappy' or 'gzip'.",
        });
      }
      return { codec: 'ZSTD', compressors: { ZSTD: compress as (input: Uint8Array) => Uint8Array } };
    }
  }
}
