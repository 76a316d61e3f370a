/** Loads the files of a folder or a pattern one after the other, as one source of rows. */
import { isFileSystemError } from '@flowerpower/fs';
import type { IoContext, IoMetadata, Loaded, Row, StreamMetadata } from '../contract/io.js';
import { ioError, ioErrorOf } from '../errors/io-error.js';
import { oneShot } from '../rows/one-shot.js';
import { setOwn } from '../values/set-own.js';
import { fileContext, type FileLoader, fileOptions } from './file-options.js';
import { findFiles, type FoundFile } from './find-files.js';
import {
  asIoColumns,
  type ColumnOptions,
  folderColumns,
  folderValues,
  unknownTypes,
} from './folder-columns.js';
import { type FileFacts, joinedFacts } from './joined-facts.js';
import { SameColumns } from './same-columns.js';

type FolderOptions = ColumnOptions & { readonly as?: unknown; readonly infer?: unknown };

export async function loadFolder<Options extends { readonly path: string }, Value>(
  many: FileLoader<Options, Value>,
  options: Options,
  context: IoContext,
): Promise<Loaded<Value>> {
  const reader = await FolderReader.open(many, options, context);
  return (await reader.load()) as Loaded<Value>;
}

class FolderReader<Options extends FolderOptions, Value> {
  readonly #many: FileLoader<Options, Value>;
  readonly #options: Options;
  readonly #context: IoContext;
  readonly #found: Awaited<ReturnType<typeof findFiles>>;
  readonly #columns: ReturnType<typeof folderColumns>;
  /** Whether files were saved with types of their own, and not all together. */
  readonly #isMixed: boolean;
  readonly #same = new SameColumns();
  readonly #facts: FileFacts[] = [];

  private constructor(
    many: FileLoader<Options, Value>,
    options: Options,
    context: IoContext,
    found: Awaited<ReturnType<typeof findFiles>>,
  ) {
    this.#many = many;
    this.#options = options;
    this.#context = context;
    this.#found = found;
    this.#isMixed = many.hasTypes && new Set(found.files.map(({ saved }) => saved?.manifest)).size > 1;
    this.#columns = folderColumns(found, options);
    if (many.hasTypes) return;
    const known = this.#columns.map(({ name }) => name);
    const problems = unknownTypes(Object.keys(options.types ?? {}), known, options.path);
    if (problems.length > 0) throw ioErrorOf(problems, `The columns of '${options.path}' do not fit`);
  }

  static async open<Options extends FolderOptions, Value>(
    many: FileLoader<Options, Value>,
    options: Options,
    context: IoContext,
  ): Promise<FolderReader<Options, Value>> {
    const found = await findFiles(options.path, many.loader.type, context);
    return new FolderReader(many, options, context, found);
  }

  /** The first file says in which form there are rows; the others are opened when those before have been read. */
  async load(): Promise<Loaded<unknown>> {
    const { files, uri } = this.#found;
    const [first] = files;
    const opened = first && (await this.#open(first));
    if (opened === undefined ? this.#options.as === 'batches' : isAsyncIterable(opened.value)) {
      const { path: file } = this.#options;
      return oneShot({ start: () => this.#batches(opened), file, uri, format: this.#many.loader.type });
    }
    const rows: Row[] = [];
    const batches = this.#batches(opened);
    for (;;) {
      const next = await batches.next();
      if (next.done) return { value: rows, metadata: next.value };
      for (const row of next.value) rows.push(row);
    }
  }

  async *#batches(opened: Loaded<unknown> | undefined): AsyncGenerator<Row[], IoMetadata> {
    for (const [index, file] of this.#found.files.entries()) {
      const { value, metadata } = index === 0 ? opened! : await this.#open(file);
      const values = folderValues(file, this.#columns);
      let isFirst = true;
      for await (const batch of this.#portions(value, file)) {
        if (isFirst && batch.length > 0) this.#same.checkRow(batch[0]!, file.shown);
        isFirst = false;
        yield batch.map((row) => this.#row(row, values, file));
      }
      this.#close(file, await wholeFacts(metadata));
    }
    const { columns } = this.#same;
    const hasColumns = columns !== undefined || this.#found.files.length === 0;
    return joinedFacts(this.#facts, {
      uri: this.#found.uri,
      format: this.#many.loader.type,
      columns: hasColumns ? [...(columns ?? []), ...asIoColumns(this.#columns)] : undefined,
    });
  }

  async #open(file: FoundFile): Promise<Loaded<unknown>> {
    const { loader } = this.#many;
    const options = fileOptions(this.#many, this.#options, file, this.#columns);
    return loader
      .load(options, fileContext(file, this.#context))
      .catch((error: unknown) => this.#inWordsOfFolder(error, file));
  }

  /** Of the files that were saved as one none may be missing. */
  #inWordsOfFolder(error: unknown, file: FoundFile): never {
    if (file.saved === undefined || !isFileSystemError(error, 'NotFound')) throw error;
    throw ioError({
      code: 'FP_IO_FOLDER',
      message: `'${file.shown}' is missing, a file of what was saved as one in '${this.#options.path}'.`,
      hint: 'Another save may have replaced it while it was read: load it again. Otherwise save it anew.',
      places: [{ file: file.shown }],
      cause: error,
    });
  }

  async *#portions(value: unknown, file: FoundFile): AsyncGenerator<Row[], void> {
    if (Array.isArray(value)) {
      if (value.length > 0) yield value as Row[];
      return;
    }
    if (!isAsyncIterable(value)) throw this.#cannotJoin();
    try {
      for await (const batch of value) yield batch as Row[];
    } catch (error) {
      this.#inWordsOfFolder(error, file);
    }
  }

  #cannotJoin() {
    const as = typeof this.#options.as === 'string' ? ` with as: '${this.#options.as}'` : '';
    return ioError({
      code: 'FP_IO_OPTIONS',
      message: `'${this.#options.path}' cannot be loaded${as}: only rows of several files can be joined.`,
      hint: "Load it with as: 'records' or 'batches', or name a single file.",
    });
  }

  /** The row is the loader's own, made for us. */
  #row(row: Row, values: ReturnType<typeof folderValues>, file: FoundFile): Row {
    for (const [name, value] of values) {
      if (Object.hasOwn(row, name)) throw this.#bothHave(name, file);
      setOwn(row, name, value);
    }
    const { columns } = this.#options;
    if (columns === undefined || values.length === 0) return row;
    const chosen: Row = {};
    for (const name of columns) if (Object.hasOwn(row, name)) setOwn(chosen, name, row[name]);
    return chosen;
  }

  #bothHave(name: string, file: FoundFile) {
    return ioError({
      code: 'FP_IO_COLUMNS',
      message: `'${file.shown}' has the column '${name}', which its folder gives as well.`,
      hint: 'Rename the folder or the column.',
      places: [{ file: file.shown }],
    });
  }

  #close(file: FoundFile, facts: IoMetadata | undefined): void {
    if (facts === undefined) throw unknownFacts(file);
    const { bytes, sha256, rows, columns } = facts;
    const { loader } = this.#many;
    this.#same.checkFile(columns, file.shown);
    if (this.#options.infer === true || this.#isMixed) this.#same.checkTypes(columns ?? [], file.shown);
    const both = this.#columns.find(({ name }) => columns?.some((column) => column.name === name) === true);
    if (both !== undefined && this.#options.columns === undefined) throw this.#bothHave(both.name, file);
    const saved = file.saved?.file;
    if (
      saved !== undefined &&
      (saved.bytes !== bytes || (saved.sha256 ?? sha256) !== (sha256 ?? saved.sha256))
    ) {
      throw ioError({
        code: 'FP_IO_FOLDER',
        message: `'${file.shown}' is not what was saved: its bytes have changed since then.`,
        hint: `Save the folder anew. To read whatever lies there as ${loader.type}, remove its _manifest.json.`,
        places: [{ file: file.shown }],
      });
    }
    this.#facts.push({ path: file.below, bytes, sha256, rows });
  }
}

function unknownFacts(file: FoundFile) {
  return ioError({
    code: 'FP_IO_FOLDER',
    message: `The loader of '${file.shown}' ended before it said what it has read.`,
    hint: 'A loader that reads in batches gives its facts once the last batch was taken.',
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function wholeFacts(metadata: IoMetadata | StreamMetadata): Promise<IoMetadata | undefined> {
  return 'ended' in metadata ? metadata.ended : metadata;
}
