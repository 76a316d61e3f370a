/** A Parquet file as batches of rows, one row group at a time. */
import type { IoContext, IoMetadata, Row } from '@flowerpower/io';
import type { RowGroup } from 'hyparquet';
import type { ParquetColumn } from '../footer/columns-of.js';
import type { StoredFile } from '../footer/open-parquet.js';
import type { ParquetLoadOptions } from '../options/load-options.js';
import { missingValue } from '../values/convert-value.js';
import { decodeColumn, spansOf } from './decode-column.js';
import { fileDigest, type FileDigest } from './file-digest.js';
import { planRead, type PlannedColumn, type ReadPlan } from './read-plan.js';

/** Returns the facts about the file at its end; the digest only where every byte was read. */
export async function* readRows(
  options: ParquetLoadOptions,
  context: IoContext,
  { batchRows, stored }: { readonly batchRows: number; readonly stored: StoredFile },
): AsyncGenerator<Row[], IoMetadata> {
  const plan = await planRead(options, context, stored);
  const { file, columns } = plan;
  const digest = plan.isWhole ? fileDigest(file) : undefined;
  let rows = 0;
  for (const { group, rowsBefore } of plan.groups) {
    const values = await decodeGroup(plan, group, digest);
    const selected = plan.filter?.matches((name) => values.get(name)!, Number(group.num_rows));
    const count = selected?.length ?? Number(group.num_rows);
    for (let start = 0; start < count; start += batchRows) {
      const end = Math.min(count, start + batchRows);
      const batch = makeRows(columns, values, { start, end, selected, rowsBefore, file: file.name });
      rows += batch.length;
      yield batch;
    }
  }
  const facts = {
    uri: file.uri,
    format: 'parquet',
    bytes: file.sizeBytes,
    rows,
    columns: columns.map(({ facts }) => facts),
  };
  return digest === undefined ? facts : { ...facts, sha256: await digest.end() };
}

/** The stored values of every column that is delivered or judged. Columns come one by one, for their memory. */
async function decodeGroup(
  { file, columns, filter }: ReadPlan,
  group: RowGroup,
  digest: FileDigest | undefined,
): Promise<Map<string, ArrayLike<unknown>>> {
  const needed = new Set<ParquetColumn>([...columns.map(({ column }) => column), ...(filter?.columns ?? [])]);
  const spans = [...needed].flatMap((column) => spansOf(column, group, file.name));
  const bytes = digest === undefined ? await file.read(spans) : await digest.read(spans);
  const values = new Map<string, ArrayLike<unknown>>();
  for (const column of needed) {
    const chunks = bytes.splice(0, column.chunks.to - column.chunks.from);
    values.set(column.name, await decodeColumn(column, group, chunks, file));
  }
  return values;
}

interface RowRange {
  readonly start: number;
  readonly end: number;
  /** Which rows of the group the range counts; without it all. */
  readonly selected: readonly number[] | undefined;
  readonly rowsBefore: number;
  readonly file: string;
}

function makeRows(
  columns: readonly PlannedColumn[],
  values: ReadonlyMap<string, ArrayLike<unknown>>,
  { start, end, selected, rowsBefore, file }: RowRange,
): Row[] {
  const cells = columns.map(({ column, convert }) => ({
    name: column.name,
    convert,
    stored: values.get(column.name)!,
    isNested: column.tree.children.length > 0,
  }));
  const rows: Row[] = new Array(end - start);
  for (let index = start; index < end; index++) {
    const at = selected?.[index] ?? index;
    const row: Row = {};
    for (const { name, convert, stored, isNested } of cells) {
      const value = stored[at];
      // An index of a dictionary that has no such value.
      if (value === undefined && !isNested) throw missingValue({ file, name }, rowsBefore + at + 1);
      const converted = convert(value, rowsBefore + at + 1);
      if (name === '__proto__')
        Object.defineProperty(row, name, {
          value: converted,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else row[name] = converted;
    }
    rows[index - start] = row;
  }
  return rows;
}
