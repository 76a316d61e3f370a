/** What csv and jsonl share: the same reader gives all rows at once, or batches of them. */
import type { IoContext, IoMetadata, Loaded, Row } from '../contract/io.js';
import { oneShot } from './one-shot.js';

export interface RowOptions {
  readonly path: string;
  readonly as: 'records' | 'batches';
  readonly batchRows: number;
}

/** Reads one version of a file as arrays of at most `batchRows` rows; returns the facts at its end. */
type BatchReader = (batchRows: number, version: string | undefined) => AsyncGenerator<Row[], IoMetadata>;

export interface RowFormat {
  /** The `type` of the loader. */
  readonly format: string;
  readonly read: BatchReader;
}

/** The file must exist now, also when its content is read later. */
export async function loadRows(
  { path, as, batchRows }: RowOptions,
  context: IoContext,
  { format, read }: RowFormat,
): Promise<Loaded<Row[] | AsyncIterable<Row[]>>> {
  const place = context.resolve(path);
  const { version } = await place.fs.stat(place.path, { signal: context.signal });
  if (as === 'batches') {
    return oneShot({
      start: () => read(batchRows, version),
      file: path,
      uri: place.fs.uri(place.path),
      format,
    });
  }
  const batches = read(Infinity, version);
  const rows: Row[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { value: rows, metadata: next.value };
    // Not push(...batch): a large batch would not fit on the stack.
    for (const row of next.value) rows.push(row);
  }
}
