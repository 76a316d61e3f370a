/** The library, imported when it is first needed, with the codecs that it does not bring. */
import type * as arrow from 'apache-arrow';

export type Arrow = typeof arrow;

let ready: Promise<Arrow> | undefined;

export function loadArrow(): Promise<Arrow> {
  return (ready ??= load());
}

async function load(): Promise<Arrow> {
  const [library, { decompressZstd }, { decompressLz4Frame }] = await Promise.all([
    import('apache-arrow'),
    import('hyparquet-compressors'),
    import('./lz4-frame.js'),
  ]);
  const { compressionRegistry: registry, CompressionType } = library;
  // One that somebody else has set knows how to compress, too.
  if (registry.get(CompressionType.ZSTD) === null)
    registry.set(CompressionType.ZSTD, { decode: (bytes) => aligned(decompressZstd(bytes)) });
  if (registry.get(CompressionType.LZ4_FRAME) === null)
    registry.set(CompressionType.LZ4_FRAME, { decode: decompressLz4Frame });
  return library;
}

/** Arrays of wide numbers are made of it as it lies. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
