/** What formats of rows share: the same reader gives all rows at once, or batches of them. */
import type { IoContext, IoMetadata, Loaded, Row } from '../contract/io.js';
import { oneShot } from './one-shot.js';

export interface RowOptions {
  readonly path: string;
  readonly as: 'records' | 'batches';
  readonly batchRows: number;
}

/**
 * Reads one version of a file, which has that many bytes, as arrays of at most `batchRows` rows; returns the facts at its
 * end.
 */
type BatchReader<R> = (
  batchRows: number,
  version: string | undefined,
  sizeBytes: number | undefined,
) => AsyncGenerator<R[], IoMetadata>;

export interface RowFormat<R> {
  /** The `type` of the loader. */
  readonly format: string;
  readonly read: BatchReader<R>;
}

/**
 * Loads a table: all rows at once, or `as: 'batches'` as they are asked for, once. The file must exist now, also when its
 * content is read later.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { type IoMetadata, loadRows, type Row } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * await fs.write('a.dots', '..');
 * async function* read(): AsyncGenerator<Row[], IoMetadata> {
 *   yield [{ dots: (await fs.readText('a.dots')).length }];
 *   return { uri: fs.uri('a.dots'), format: 'dots', bytes: 2, rows: 1 };
 * }
 * const options = { path: 'a.dots', as: 'records', batchRows: 1000 } as const;
 * const { value } = await loadRows(options, { resolve: (path) => ({ fs, path }) }, { format: 'dots', read });
 * value; // [{ dots: 2 }]
 * ```
 */
export async function loadRows<R extends Row>(
  { path, as, batchRows }: RowOptions,
  context: IoContext,
  { format, read }: RowFormat<R>,
): Promise<Loaded<R[] | AsyncIterable<R[]>>> {
  const place = context.resolve(path);
  const { version, type, size } = await place.fs.stat(place.path, { signal: context.signal });
  // Opening it says so in the words of the filesystem.
  if (type === 'directory') await place.fs.createReadStream(place.path, { signal: context.signal });
  if (as === 'batches') {
    return oneShot({
      start: () => read(batchRows, version, size),
      file: path,
      uri: place.fs.uri(place.path),
      format,
    });
  }
  const batches = read(Infinity, version, size);
  const rows: R[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { value: rows, metadata: next.value };
    // Not push(...batch): a large batch would not fit on the stack.
    for (const row of next.value) rows.push(row);
  }
}
