import type { IoMetadata, StreamFacts, StreamMetadata } from './io.js';

/**
 * What is known of loaded data at this moment, as plain data: of a stream that was read to its end the facts about the
 * file, of another one how far it was read. What is not metadata of a stream is returned as it is.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { builtinLoaders, factsNow, parseOptions } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * await fs.write('sales.csv', 'amount\n1\n2\n');
 * const options = parseOptions(builtinLoaders.csv, { path: 'sales.csv', as: 'batches' });
 * const { metadata } = await builtinLoaders.csv.load(options, { resolve: (path) => ({ fs, path }) });
 * factsNow(metadata); // { uri: 'memory:///sales.csv', format: 'csv', state: 'waiting', rows: 0 }
 * ```
 */
export function factsNow<Metadata>(
  metadata: Metadata,
): Exclude<Metadata, StreamMetadata> | IoMetadata | StreamFacts {
  if (!isStreamMetadata(metadata)) return metadata as Exclude<Metadata, StreamMetadata>;
  const { uri, format, state, rows, complete } = metadata;
  return complete ?? { uri, format, state, rows };
}

function isStreamMetadata(metadata: unknown): metadata is StreamMetadata {
  if (typeof metadata !== 'object' || metadata === null) return false;
  return 'ended' in metadata && metadata.ended instanceof Promise && 'state' in metadata;
}
