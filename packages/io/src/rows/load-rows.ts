/** What csv and jsonl share: the same reader gives all rows at once, or batches of them. */
import type { IoContext, IoMetadata, Loaded, Row } from '../contract/io.js';
import { oneShot } from './one-shot.js';

export interface RowOptions {
  readonly path: string;
  readonly as: 'records' | 'batches';
  readonly batchRows: number;
}

/** Reads a file as arrays of at most `batchRows` rows; returns the facts at its end. */
export type RowReader = (batchRows: number, ifMatch: string | undefined) => AsyncGenerator<Row[], IoMetadata>;

export async function loadRows(
  format: string,
  { path, as, batchRows }: RowOptions,
  context: IoContext,
  read: RowReader,
): Promise<Loaded<Row[] | AsyncIterable<Row[]>>> {
  if (as === 'records') return loadRecords(read);
  const place = context.resolve(path);
  const { signal } = context;
  const { size, version } = await place.fs.stat(place.path, { signal });
  // A directory has no size; opening it raises the filesystem's own error now instead of at the first batch.
  if (size === undefined) (await place.fs.createReadStream(place.path, { signal })).destroy();
  return {
    value: oneShot(() => read(batchRows, version), path),
    metadata: { uri: place.fs.uri(place.path), format, bytes: size ?? 0 },
  };
}

async function loadRecords(read: RowReader): Promise<Loaded<Row[]>> {
  const batches = read(Infinity, undefined);
  const rows: Row[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { value: rows, metadata: next.value };
    // Not push(...batch): a large batch would not fit on the stack.
    for (const row of next.value) rows.push(row);
  }
}
