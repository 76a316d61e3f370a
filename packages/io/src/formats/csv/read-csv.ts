/** A CSV file as batches of typed rows. */
import { shorten } from '@flowerpower/core';
import { type Cell, castField, castHints } from '../../cells/cast-field.js';
import type { ColumnType } from '../../cells/column-type.js';
import type { IoContext, IoMetadata, Row } from '../../contract/io.js';
import { type IoProblem, ioError, ioErrorOf } from '../../errors/io-error.js';
import { decodeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { type CsvColumn, planColumns } from './csv-columns.js';
import type { CsvLoadOptions } from './csv-options.js';
import { CsvSyntaxFault, csvRecords } from './csv-records.js';
import { setOwn } from '../../values/set-own.js';
import { fitsInferred, inferType } from './infer-type.js';
import { type FieldTarget, locateFields } from './locate-fields.js';
import { skipLines } from './skip-lines.js';

/** As many faults as one error lists; reading stops there. */
const maxFaults = 20;

interface Fault extends FieldTarget {
  readonly message: string;
  readonly hint: string;
  readonly cause?: unknown;
}

interface NumberedRecord {
  readonly number: number;
  readonly fields: readonly string[];
}

type TypedColumn = CsvColumn & { readonly type: ColumnType; readonly isInferred: boolean };

export class CsvReader {
  readonly #options: CsvLoadOptions;
  readonly #context: IoContext;
  readonly #version: string | undefined;
  /** Undefined: the empty fields of columns that hold no strings. */
  readonly #nulls: ReadonlySet<string> | undefined;
  #header: readonly string[] | undefined;
  #columns: readonly CsvColumn[] = [];
  #typed: readonly TypedColumn[] | undefined;
  /** Records taken from the parser, the header included. */
  #records = 0;
  #rows = 0;
  #faults: Fault[] = [];

  constructor(options: CsvLoadOptions, context: IoContext, version: string | undefined) {
    this.#options = options;
    this.#context = context;
    this.#version = version;
    this.#nulls = options.nullValues && new Set(options.nullValues);
    this.#header = options.header;
    if (options.header !== undefined) this.#columns = planColumns(options.header, options);
  }

  async *read(batchRows: number): AsyncGenerator<Row[], IoMetadata> {
    const source = openSource(this.#options, this.#context, this.#version);
    try {
      let pending: NumberedRecord[] = [];
      for await (const records of csvRecords(this.#texts(source.chunks), this.#options)) {
        for (const record of records) {
          if (this.#take(record)) pending.push({ number: this.#records - 1, fields: record });
          if (this.#faults.length >= maxFaults) throw await this.#error();
          if (pending.length < batchRows) continue;
          yield await this.#batch(pending);
          pending = [];
        }
      }
      if (pending.length > 0 || this.#faults.length > 0) yield await this.#batch(pending);
    } catch (error) {
      if (!(error instanceof CsvSyntaxFault)) throw error;
      const { record, field, message } = error;
      const hint = 'Correct the file, or check the options delimiter and quote.';
      this.#faults.push({ record, field, message, hint, cause: error.cause });
      throw await this.#error();
    } finally {
      await source.chunks.return();
    }
    return {
      ...source.facts(),
      format: 'csv',
      rows: this.#rows,
      columns: (this.#typed ?? this.#columns).map(({ name, type = 'string' }) => ({ name, type })),
    };
  }

  #texts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
    const { path, encoding, skipLines: skipped } = this.#options;
    return skipLines(decodeText(chunks, path, encoding), skipped);
  }

  /** Counts a record; true when it is a row of the right length. */
  #take(record: string[]): boolean {
    const number = this.#records++;
    if (this.#header === undefined) {
      this.#header = record;
      this.#columns = planColumns(record, this.#options);
      return false;
    }
    const width = this.#header.length;
    if (record.length === width) return true;
    this.#faults.push({
      record: number,
      field: Math.min(record.length, width),
      message: `the row has ${countOf(record.length)}, the header has ${width}`,
      hint: 'Quote fields that hold the delimiter, and write missing values as empty fields.',
    });
    return false;
  }

  /** Casts rows. Throws when a fault was found in them or before. */
  async #batch(records: readonly NumberedRecord[]): Promise<Row[]> {
    // What a type is inferred from fits it; what comes later must still be looked at.
    const isLater = this.#typed !== undefined;
    const columns = (this.#typed ??= this.#columns.map((column) => ({
      ...column,
      type: column.type ?? inferType(this.#values(records, column.index)),
      isInferred: column.type === undefined,
    })));
    const rows = records.map((record) => this.#row(record, columns, isLater));
    if (this.#faults.length > 0) throw await this.#error();
    this.#rows += rows.length;
    return rows;
  }

  *#values(records: readonly NumberedRecord[], index: number): Generator<string | null> {
    const nulls = this.#nulls ?? new Set(['']);
    for (const { fields } of records) yield nulls.has(fields[index]!) ? null : fields[index]!;
  }

  #row({ number, fields }: NumberedRecord, columns: readonly TypedColumn[], isLater: boolean): Row {
    const row: Row = {};
    for (const { name, index, type, isInferred } of columns) {
      const text = fields[index]!;
      const value = this.#valueOf(text, type, isInferred && isLater);
      if (value === undefined) {
        if (this.#faults.length < maxFaults)
          this.#faults.push(this.#castFault(text, name, type, number, index));
      } else {
        setOwn(row, name, value);
      }
    }
    return row;
  }

  /** Undefined for a text that does not fit. */
  #valueOf(text: string, type: ColumnType, mustFit: boolean): Cell | undefined {
    const isNull = this.#nulls === undefined ? text === '' : this.#nulls.has(text);
    if (mustFit && !isNull && !fitsInferred(type, text)) return undefined;
    if (this.#nulls === undefined) return castField(text, type);
    if (isNull) return null;
    return text === '' && type !== 'string' ? undefined : castField(text, type);
  }

  #castFault(text: string, name: string, type: ColumnType, record: number, field: number): Fault {
    const shown = JSON.stringify(shorten(text, 40));
    const named = `${type === 'integer' ? 'an' : 'a'} ${type}`;
    if (text === '') {
      const message = `the field of the column '${name}' is empty, and no ${type}`;
      return { record, field, message, hint: "Fill it, or list '' in nullValues: then it is null." };
    }
    if ((type === 'number' || type === 'integer') && castField(text, 'bigint') !== undefined) {
      const message = `${shown} in the column '${name}' would lose digits as ${named}`;
      return { record, field, message, hint: `Declare types: { ${name}: bigint }, or string.` };
    }
    const inferred = this.#columns.some((column) => column.name === name && column.type === undefined);
    return {
      record,
      field,
      message: `${shown} in the column '${name}' is not ${named}`,
      hint: inferred
        ? `The first batch had only ${type} values; declare types: { ${name}: string }, or load as records.`
        : `${named[0]!.toUpperCase()}${named.slice(1)} is ${castHints[type]}. List words for missing values in nullValues.`,
    };
  }

  /** Reads the file again for the positions of all faults. */
  async #error() {
    const { path, delimiter, quote, comment, skipLines: skipped } = this.#options;
    const faults = this.#faults.toSorted((a, b) => a.record - b.record || a.field - b.field);
    const source = openSource(this.#options, this.#context, this.#version);
    const texts = this.#texts(source.chunks);
    const positions = await locateFields(texts, { delimiter, quote, comment }, faults);
    await texts.return();
    const problems = faults.map(({ message, hint }, index): IoProblem => {
      const position = positions[index];
      if (position === undefined)
        return { code: 'FP_IO_PARSE', message: `'${path}': ${message}.`, hint, places: [{ file: path }] };
      const line = position.line + skipped;
      return {
        code: 'FP_IO_PARSE',
        message: `'${path}' line ${line}: ${message}.`,
        hint,
        places: [{ file: path, line, column: position.column }],
      };
    });
    const cause = faults.find((fault) => fault.cause !== undefined)?.cause;
    const more = problems.length >= maxFaults ? ', and perhaps more' : '';
    if (problems.length === 1) return ioError({ ...problems[0]!, problems, cause });
    return ioErrorOf(problems, `'${path}' has faults${more}`);
  }
}

function countOf(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
