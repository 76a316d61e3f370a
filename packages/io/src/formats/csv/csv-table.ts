/** From batches of rows to CSV text. */
import { types } from 'node:util';
import { boundedList, didYouMean, kindOf, messageOf, shorten } from '@flowerpower/core';
import type { Options as StringifyOptions } from 'csv-stringify';
import type { IoMetadata, Row } from '../../contract/io.js';
import { ioError, type IoProblem, ioErrorOf } from '../../errors/io-error.js';
import { safely } from '../../values/safely.js';
import type { CsvSaveOptions } from './csv-options.js';

/** As many faults as one error lists; saving stops there. */
const maxFaults = 20;

export class CsvTable {
  readonly #options: CsvSaveOptions;
  #columns: readonly string[] | undefined;
  #known: ReadonlySet<string> = new Set();
  /** Every key that a row had. */
  readonly #seen = new Set<string>();
  /** By column, the type of its values. */
  readonly #types = new Map<string, string>();
  #rows = 0;

  constructor(options: CsvSaveOptions) {
    this.#options = options;
    if (options.columns !== undefined) this.#setColumns(options.columns);
  }

  /** Text of one batch at a time, the header first. */
  async *encode(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string, void> {
    const { stringify } = await import('csv-stringify/sync');
    let style: StringifyOptions | undefined;
    for await (const batch of batches) {
      const columns = this.#columns ?? this.#columnsOf(batch[0]!);
      const records = this.#records(batch, columns);
      if (style === undefined) {
        style = this.#style(columns.length);
        yield stringify([columns], style);
      }
      yield stringify(records, style);
    }
    if (this.#rows > 0) this.#checkColumns();
    else if (this.#columns !== undefined) yield stringify([this.#columns], this.#style(this.#columns.length));
  }

  facts(): Pick<IoMetadata, 'rows' | 'columns'> {
    return {
      rows: this.#rows,
      columns: (this.#columns ?? []).map((name) => ({ name, type: this.#types.get(name) ?? 'null' })),
    };
  }

  #setColumns(columns: readonly string[]): readonly string[] {
    this.#columns = columns;
    this.#known = new Set(columns);
    return columns;
  }

  #columnsOf(first: Row): readonly string[] {
    const keys = keysOf(first);
    if (keys.length > 0) return this.#setColumns(keys);
    throw ioError({
      code: 'FP_IO_VALUE',
      message: `Row 1 for '${this.#options.path}' has no keys, so there are no columns.`,
      hint: "Give the rows keys, or name the columns with 'columns'.",
    });
  }

  #style(width: number): StringifyOptions {
    return {
      delimiter: this.#options.delimiter,
      escape_formulas: this.#options.escapeFormulas,
      record_delimiter: '\n',
      // The default leaves \r alone when the record delimiter is given.
      quote_record_delimiter: true,
      // A file must not begin with what readers take for a byte order mark.
      quoted_match: /^\ufeff/,
      // An empty line is not a record to readers, so the empty field of a single column is written as "".
      quoted_empty: width === 1,
      cast: {
        boolean: String,
        date: (date) => Date.prototype.toISOString.call(date),
        bigint: String,
        number: String,
      },
    };
  }

  #records(batch: readonly Row[], columns: readonly string[]): unknown[][] {
    const problems: IoProblem[] = [];
    const report = (row: number, problem: Omit<IoProblem, 'code' | 'places'>): void => {
      if (problems.length >= maxFaults) return;
      const message = `Row ${row} for '${this.#options.path}' ${problem.message}`;
      problems.push({ ...problem, code: 'FP_IO_VALUE', message });
    };
    const records = batch.map((row) => {
      const number = ++this.#rows;
      for (const key of keysOf(row)) this.#checkKey(key, number, report);
      return columns.map((name) => {
        const { value, fault = cellFault(value) } = cellOf(row, name);
        if (fault !== undefined)
          report(number, {
            message: `has ${fault.what} in the column '${shorten(name, 60)}'.`,
            hint: fault.hint,
          });
        else if (value !== null && value !== undefined) this.#addType(name, value);
        return value;
      });
    });
    if (problems.length > 0) throw ioErrorOf(problems, `'${this.#options.path}' cannot be saved`);
    return records;
  }

  #checkKey(
    key: string,
    row: number,
    report: (row: number, problem: { message: string; hint: string }) => void,
  ): void {
    this.#seen.add(key);
    if (this.#options.columns !== undefined || this.#known.has(key)) return;
    const known = [...this.#known];
    report(row, {
      message: `has the key '${shorten(key, 60)}', which the first row does not have.`,
      hint: didYouMean(key, known) ?? "Give every row the same keys, or name the columns with 'columns'.",
    });
  }

  #addType(name: string, value: unknown): void {
    const type = types.isDate(value) ? 'date' : typeof value;
    const known = this.#types.get(name);
    if (known !== type) this.#types.set(name, known === undefined ? type : 'mixed');
  }

  /** A column that no row had is a slip of the pen. */
  #checkColumns(): void {
    const absent = this.#columns!.filter((name) => !this.#seen.has(name));
    if (absent.length === 0) return;
    const problems = absent.map(
      (name): IoProblem => ({
        code: 'FP_IO_VALUE',
        message: `'columns' for '${this.#options.path}' names '${name}', which no row has.`,
        hint: didYouMean(name, this.#seen) ?? `The rows have: ${boundedList(this.#seen)}.`,
      }),
    );
    throw ioErrorOf(problems, `'${this.#options.path}' cannot be saved`);
  }
}

interface CellFault {
  readonly what: string;
  readonly hint: string;
}

/** Read once, and never trusted: a getter may throw, and so may a proxy. */
function cellOf(row: Row, name: string): { readonly value: unknown; readonly fault?: CellFault } {
  try {
    return { value: Object.hasOwn(row, name) ? row[name] : null };
  } catch (error) {
    const what = `a value that cannot be read (${shorten(messageOf(error), 200)})`;
    return { value: null, fault: { what, hint: 'Convert the row to a plain object first.' } };
  }
}

/** None of a row whose keys cannot be read: its cells will say so. */
function keysOf(row: Row): readonly string[] {
  return safely(() => Object.keys(row), []);
}

function cellFault(value: unknown): CellFault | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return undefined;
    case 'number':
      return Number.isFinite(value)
        ? undefined
        : { what: String(value), hint: 'Use null for a missing number.' };
    default:
      if (value === null) return undefined;
      if (types.isDate(value)) {
        return Number.isNaN(Date.prototype.getTime.call(value))
          ? { what: 'an invalid Date', hint: 'Use null for a missing date.' }
          : undefined;
      }
      return { what: kindOf(value), hint: 'A CSV field holds one plain value; save nested data as jsonl.' };
  }
}
