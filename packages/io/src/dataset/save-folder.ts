/** Saves rows into a folder, as one part or as one for each folder of `by`. */
import type { IoColumn, IoContext, IoMetadata, Row, Saver } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { rowBatches } from '../rows/row-batches.js';
import { namesOf, withoutColumns } from './chosen-columns.js';
import { beginSave } from './folder-save.js';
import type { FolderFormat } from './folder-format.js';
import type { SaveMode } from './folder-options.js';
import { joinedFacts } from './joined-facts.js';
import { joinedColumns } from './merged-manifest.js';
import { partContext, type PartPlace, type WrittenPart, writePart } from './part-writer.js';
import { writePartitions } from './partitioned-parts.js';
import { resolveMany } from './resolve-many.js';
import { RowSplitter } from './split-rows.js';

export interface FolderToSave<Options extends { readonly path: string }> {
  readonly saver: Saver<Options>;
  readonly format: FolderFormat<Options>;
  readonly options: Options;
  readonly by: readonly string[] | undefined;
  readonly mode: SaveMode;
}

/** The facts are about everything that the folder holds then, as whoever loads it gets them. */
export async function saveFolder<Options extends { readonly path: string }>(
  { saver, format, options, by, mode }: FolderToSave<Options>,
  value: unknown,
  context: IoContext,
): Promise<IoMetadata> {
  const { type } = saver;
  const { path: shown } = options;
  const at = resolveMany(shown, context);
  const place = { fs: at.fs, folder: at.path, shown, signal: context.signal };
  const extension = format.extension?.(options) ?? `.${type}`;
  const { columns } = options as { readonly columns?: unknown };
  const named = namesOf(columns);
  const inFiles = withoutColumns(columns, by ?? []);
  if (named !== undefined && namesOf(inFiles)?.length === 0) throw nothingInFiles(shown);
  const splitter = by && new RowSplitter({ shown, by, columns: named, freeForm: format.freeForm === true });
  const save = await beginSave({
    place,
    mode,
    type,
    dialect: format.dialect?.(options),
    extension,
  });
  const parts: WrittenPart[] = [];
  const closed = (part: WrittenPart) => {
    parts.push(part);
    save.closed(part);
  };
  const forPart = ({ shown: path }: PartPlace) =>
    ({ ...options, path, ...(named !== undefined && { columns: inFiles }) }) as Options;
  try {
    if (splitter === undefined) {
      const part = save.next('');
      closed({ ...part, facts: await saver.save(value, forPart(part), partContext(part, context, at)) });
    } else {
      const open = (folder: string) => {
        const part = save.next(folder);
        return writePart(saver, part, forPart(part), partContext(part, context, at));
      };
      await writePartitions(split(rowBatches(value, shown), splitter), open, closed);
    }
    const {
      files,
      by: saved,
      columns: inAll,
    } = await save.commit({
      by: splitter?.columns() ?? [],
      columns: columnsOf(parts, shown),
    });
    return joinedFacts(files, {
      uri: at.fs.uri(at.path),
      format: type,
      columns: inAll && [...inAll, ...saved],
    });
  } catch (error) {
    await save.discard(error);
    throw error;
  }
}

async function* split(batches: AsyncIterable<readonly Row[]>, splitter: RowSplitter) {
  for await (const batch of batches) yield splitter.split(batch);
}

/** Undefined where every row may have its own. @throws FlowerPowerError `FP_IO_VALUE` where parts differ. */
function columnsOf(parts: readonly WrittenPart[], shown: string): IoColumn[] | undefined {
  let columns: IoColumn[] = [];
  for (const { facts, shown: part } of parts) {
    if (facts.columns === undefined) return undefined;
    columns = withTypes(columns, facts.columns, () =>
      ioError({
        code: 'FP_IO_VALUE',
        message: `'${shown}' cannot be saved: not all rows have the same keys. '${part}' would have ${facts.columns!.map(({ name }) => name).join(', ')}, others have ${columns.map(({ name }) => name).join(', ')}.`,
        hint: "Give every row the same keys, or name the columns with 'columns'.",
      }),
    );
  }
  return columns;
}

/** As within one file: values of two types make a column that is mixed. */
function withTypes(columns: IoColumn[], added: readonly IoColumn[], differ: () => Error): IoColumn[] {
  const types = new Map(added.map(({ name, type }) => [name, type]));
  const alike = columns.map(({ name, type }) => {
    const other = types.get(name) ?? type;
    return { name, type: other === type || other === 'null' ? type : type === 'null' ? other : 'mixed' };
  });
  return joinedColumns(
    alike,
    added.map(({ name }) => ({ name, type: 'null' })),
    differ,
  ).map(({ name, type }) => ({
    name,
    type: columns.length === 0 ? types.get(name)! : type,
  }));
}

function nothingInFiles(shown: string) {
  return ioError({
    code: 'FP_IO_OPTIONS',
    message: `'by' for '${shown}' names all of 'columns', so that nothing is left for the files.`,
    hint: "Leave at least one column out of 'by'.",
  });
}
