/** The values of one column of a row group, as the library gives them: nothing is rounded yet. */
import type { ColumnChunk, DecodedArray, RowGroup, SchemaElement, SchemaTree } from 'hyparquet';
import type { ParquetColumn } from '../footer/columns-of.js';
import { explained, unsupportedFile } from '../errors/damaged-file.js';
import { chunkSpan } from '../footer/check-footer.js';
import { type ByteSpan, type ParquetFile } from '../footer/open-parquet.js';
import { plainElement } from '../values/kind-of-leaf.js';
import { decompressors } from './decompress.js';

/** FP_IO_PARSE for what is encrypted, or lies in another file. */
export function spansOf(column: ParquetColumn, group: RowGroup, file: string): ByteSpan[] {
  return chunksOf(column, group).map(({ meta_data: chunk, crypto_metadata: crypto, file_path: path }) => {
    if (chunk === undefined || crypto !== undefined) {
      const hint = "Decrypt the file first, or name the columns to read in 'columns'.";
      throw unsupportedFile(file, `its column '${column.name}' is encrypted`, hint);
    }
    if (path !== undefined) {
      const hint = 'Read that file, or name other columns.';
      throw unsupportedFile(file, `its column '${column.name}' lies in another file`, hint);
    }
    return chunkSpan(chunk);
  });
}

function chunksOf({ chunks }: ParquetColumn, group: RowGroup): readonly ColumnChunk[] {
  return group.columns.slice(chunks.from, chunks.to);
}

/** One value for each row; nulls are null, or undefined within lists and objects. */
export async function decodeColumn(
  column: ParquetColumn,
  group: RowGroup,
  bytes: readonly Uint8Array[],
  { name: file }: ParquetFile,
): Promise<ArrayLike<unknown>> {
  try {
    return await decode(column, group, bytes);
  } catch (error) {
    throw explained(file, `its column '${column.name}' is damaged`, error);
  }
}

async function decode(
  column: ParquetColumn,
  group: RowGroup,
  bytes: readonly Uint8Array[],
): Promise<ArrayLike<unknown>> {
  const [library, { checkPages }, codecs] = await Promise.all([
    import('./library.js'),
    import('./check-pages.js'),
    decompressors(),
  ]);
  const rows = Number(group.num_rows);
  const [root] = library.getSchemaPath([{ name: 'root', num_children: 1 }, ...elementsOf(column.tree)], []);
  const tree = root!.children[0]!;
  const parsers = { ...library.DEFAULT_PARSERS, ...parsersFor };
  const leaves = chunksOf(column, group).map(({ meta_data: chunk }, index) => {
    const { path_in_schema: path, codec, type } = chunk!;
    const schemaPath = library.getTreePath(root!, path);
    const repetitions = schemaPath.slice(1).map(({ element }) => element.repetition_type);
    const buffer = ownBuffer(bytes[index]!);
    const pages = checkPages(buffer, chunk!, codecs, {
      maxDefinition: repetitions.filter((repetition) => repetition !== 'REQUIRED').length,
      maxRepetition: repetitions.filter((repetition) => repetition === 'REPEATED').length,
      rows,
    });
    const { data } = library.readColumn(
      { view: new DataView(buffer), offset: 0 },
      { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows },
      {
        pathInSchema: path,
        type,
        element: schemaPath.at(-1)!.element,
        schemaPath,
        codec,
        parsers,
        // Decompressed by now.
        compressors: { [codec]: (input: Uint8Array) => pages.get(input.byteOffset)! },
        utf8: false,
      },
    );
    return [path.join('.'), joined(data, rows)] as const;
  });
  if (tree.children.length === 0) return leaves[0]![1];
  const values = new Map(leaves);
  library.assembleNested(values, tree, parsers);
  return values.get(tree.path.join('.'))!;
}

function elementsOf({ element, children }: SchemaTree): SchemaElement[] {
  return [plainElement(element), ...children.flatMap(elementsOf)];
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : bytes.slice().buffer;
}

/** Pages of a column without nulls come one by one. */
function joined(parts: readonly DecodedArray[], rows: number): DecodedArray {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length !== rows) throw new Error(`it has ${length} values for ${rows} rows`);
  return parts.length === 1 ? parts[0]! : parts.flatMap((part) => Array.from<unknown>(part));
}

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Half of what a text may be is asked of Node's own decoder, which is faster and does not tell what it replaced. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.includes('\ufffd') ? strictText.decode(bytes) : text;
}

const parsersFor = {
  stringFromBytes: textOf,
  timestampFromNanoseconds: (value: bigint) => value,
};
