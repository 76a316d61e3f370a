/** From batches of rows to the bytes of a Parquet file, one row group at a time. */
import {
  boundedList,
  didYouMean,
  errorFromProblems,
  isFlowerPowerError,
  messageOf,
  type Problem,
  shorten,
} from '@flowerpower/core';
import { checkPlainData, type IoMetadata, type Row } from '@flowerpower/io';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ParquetColumnType, ParquetSaveOptions } from '../options/save-options.js';
import {
  cellFault,
  type CellFault,
  columnKinds,
  commonType,
  faultOfItself,
  typeOfValue,
} from './column-kinds.js';
import { compressionOf } from './compressors.js';

/** As many faults as one error lists; saving stops there. */
const maxFaults = 20;
/** Levels of lists and objects of a JSON column. */
const maxDepth = 1000;

interface Column {
  readonly name: string;
  /** Undefined as long as every value was null. */
  readonly type: ParquetColumnType | undefined;
}

export class ParquetTable {
  readonly #options: ParquetSaveOptions;
  #columns: readonly Column[] | undefined;
  #names: readonly string[] = [];
  #rows = 0;
  #problems: Problem[] = [];
  /** Keys that any row had: a declared column that none had is a slip of the pen. */
  readonly #seen = new Set<string>();

  constructor(options: ParquetSaveOptions) {
    this.#options = options;
    if (options.columns === undefined) return;
    this.#setColumns(Object.entries(options.columns).map(([name, type]) => ({ name, type })));
  }

  facts(): Pick<IoMetadata, 'rows' | 'columns'> {
    const columns = (this.#columns ?? []).map(({ name, type }) => ({ name, type: type ?? 'null' }));
    return { rows: this.#rows, columns };
  }

  async *encode(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array, void> {
    const compression = compressionOf(this.#options);
    const library = await import('hyparquet-writer');
    const bytes = new library.ByteWriter();
    let writer: ParquetWriter | undefined;
    const write = (rows: readonly Row[]): Uint8Array => {
      const columns = (this.#columns ??= this.#setColumns(this.#inferColumns(rows)));
      const columnData = this.#columnData(rows, columns);
      writer ??= new library.ParquetWriter({
        writer: bytes,
        schema: [{ name: 'schema', num_children: columns.length }, ...columns.map(schemaElement)],
        ...compression,
        createdBy: 'FlowerPower',
      });
      this.#rows += rows.length;
      this.#explained(() => writer!.write({ columnData, rowGroupSize: Math.max(1, rows.length) }));
      return taken(bytes);
    };
    let pending: Row[] = [];
    for await (const batch of batches) {
      for (const row of batch) {
        pending.push(row);
        if (pending.length < this.#options.rowGroupRows) continue;
        yield write(pending);
        pending = [];
      }
    }
    if (pending.length > 0 || writer === undefined) yield write(pending);
    this.#checkDeclared();
    this.#explained(() => writer!.finish());
    yield taken(bytes);
  }

  #setColumns(columns: readonly Column[]): readonly Column[] {
    this.#columns = columns;
    this.#names = columns.map(({ name }) => name);
    return columns;
  }

  /** The keys of all rows, in the order in which they come up, with the type that holds all their values. */
  #inferColumns(rows: readonly Row[]): Column[] {
    const types = new Map<string, ParquetColumnType | undefined>();
    for (const [index, row] of rows.entries()) {
      for (const name of this.#keysOf(row, index + 1)) {
        const value = this.#cellOf(row, name, index + 1);
        const known = types.get(name);
        if (value === null || value === undefined) {
          if (!types.has(name)) types.set(name, undefined);
          continue;
        }
        const given = typeOfValue(value);
        if (given === known && given !== undefined) continue;
        const common = known === undefined ? given : given && commonType(known, given);
        // Named with its row when the values are stored.
        types.set(name, common ?? known ?? 'string');
      }
    }
    if (types.size === 0 && rows.length > 0)
      this.#report(1, {
        what: 'no keys, so that there are no columns',
        hint: "Give the rows keys, or name the columns in 'columns'.",
      });
    if (types.size === 0 && rows.length === 0) this.#throwNoColumns();
    this.#throwProblems();
    return [...types].map(([name, type]) => ({ name, type }));
  }

  #columnData(rows: readonly Row[], columns: readonly Column[]) {
    const names = this.#names;
    const data = columns.map(() => new Array<unknown>(rows.length));
    const stores = columns.map(({ type = 'string' }) => columnKinds[type].store);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      const number = this.#rows + index + 1;
      this.#checkKeys(row, number);
      for (let at = 0; at < names.length; at++) {
        const value = this.#cellOf(row, names[at]!, number);
        data[at]![index] =
          value === null || value === undefined
            ? null
            : this.#stored(value, columns[at]!, stores[at]!, number);
      }
      if (this.#problems.length >= maxFaults) break;
    }
    this.#throwProblems();
    return columns.map(({ name }, at) => ({ name, data: data[at]! }));
  }

  #stored(value: unknown, { name, type }: Column, store: (value: unknown) => unknown, row: number): unknown {
    if (type === undefined) {
      const hint = `Every value of the first row group was null. Declare the type: columns: { ${name}: ${typeOfValue(value) ?? 'string'}, … }.`;
      this.#report(row, faultOfItself(value) ?? { what: 'the first value', hint }, name);
      return null;
    }
    if (type === 'json') return this.#plainData(value, row, name);
    const stored = store(value);
    if (stored !== undefined) return stored;
    this.#report(row, cellFault(value, type, this.#options.columns !== undefined), name);
    return null;
  }

  #plainData(value: unknown, row: number, name: string): unknown {
    const isDeclared = this.#options.columns !== undefined;
    // Of a column that was declared any JSON; what a column without a declaration holds is lists and objects.
    if (!isDeclared && typeOfValue(value) !== 'json') {
      this.#report(row, cellFault(value, 'json', isDeclared), name);
      return null;
    }
    const where = `Row ${row} for '${this.#options.path}', column '${shorten(name, 60)}',`;
    checkPlainData(value, where, maxDepth);
    return value;
  }

  /** A key that is no column is an error, unless the columns were named. */
  #checkKeys(row: Row, number: number): void {
    const keys = this.#keysOf(row, number);
    const names = this.#names;
    let same = keys.length === names.length;
    for (let index = 0; same && index < keys.length; index++) same = keys[index] === names[index];
    if (same && this.#seen.size >= names.length) return;
    for (const key of keys) {
      if (names.includes(key)) {
        this.#seen.add(key);
      } else if (this.#options.columns === undefined) {
        const hint =
          didYouMean(key, names) ??
          "Name the columns and their types in 'columns', or give every row the same keys.";
        this.#report(number, {
          what: `the key '${shorten(key, 60)}', which no row of the first row group has`,
          hint,
        });
      }
    }
  }

  #keysOf(row: Row, number: number): readonly string[] {
    try {
      return Object.keys(row);
    } catch (error) {
      this.#report(number, unreadable(error));
      return [];
    }
  }

  #cellOf(row: Row, name: string, number: number): unknown {
    try {
      const value = row[name];
      // What every object has, such as `constructor`, is no cell.
      return value !== undefined && typeof value !== 'function'
        ? value
        : Object.hasOwn(row, name)
          ? value
          : null;
    } catch (error) {
      this.#report(number, unreadable(error), name);
      return null;
    }
  }

  #report(row: number, { what, rest = '', hint }: CellFault, column?: string): void {
    if (this.#problems.length >= maxFaults) return;
    const where = column === undefined ? '' : ` in the column '${shorten(column, 60)}'`;
    const message = `Row ${row} for '${this.#options.path}' has ${what}${where}${rest}.`;
    this.#problems.push({ code: 'FP_IO_VALUE', message, hint });
  }

  #throwProblems(): void {
    if (this.#problems.length === 0) return;
    throw errorFromProblems(this.#problems, {
      code: 'FP_IO_VALUE',
      title: `'${this.#options.path}' cannot be saved`,
    });
  }

  #throwNoColumns(): void {
    this.#problems.push({
      code: 'FP_IO_VALUE',
      message: `There are no rows for '${this.#options.path}', so that its columns are not known.`,
      hint: "Name the columns and their types in 'columns'; then a file without rows is written.",
    });
  }

  #checkDeclared(): void {
    if (this.#rows === 0) return;
    for (const name of this.#names) {
      if (this.#seen.has(name)) continue;
      this.#problems.push({
        code: 'FP_IO_VALUE',
        message: `'columns' for '${this.#options.path}' names '${name}', which no row has.`,
        hint: didYouMean(name, this.#seen) ?? `The rows have: ${boundedList(this.#seen)}.`,
      });
    }
    this.#throwProblems();
  }

  /** What the library refuses although it was checked here. */
  #explained(write: () => unknown): void {
    try {
      write();
    } catch (error) {
      if (isFlowerPowerError(error)) throw error;
      const what = `values that cannot be written (${shorten(messageOf(error), 200)})`;
      this.#report(this.#rows, { what, hint: 'Convert them to plain values first.' });
      this.#throwProblems();
    }
  }
}

function schemaElement({ name, type = 'string' }: Column) {
  return { ...columnKinds[type].element, name, repetition_type: 'OPTIONAL' as const };
}

function unreadable(error: unknown): CellFault {
  return {
    what: `a value that cannot be read (${shorten(messageOf(error), 200)})`,
    hint: 'Convert the row to a plain object first.',
  };
}

/** What has been written since the last time. The writer goes on counting, as its offsets are those of the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
