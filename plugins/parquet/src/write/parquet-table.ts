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
import type { SchemaElement } from 'hyparquet';
import type { ByteWriter, ColumnSource, ParquetWriter } from 'hyparquet-writer';
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
import { RowGroup } from './row-group.js';

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
  #rows = 0;
  #problems: Problem[] = [];
  /** Keys that any row had: a declared column that none had is a slip of the pen. */
  readonly #seen = new Set<string>();

  constructor(options: ParquetSaveOptions) {
    this.#options = options;
    if (options.columns === undefined) return;
    this.#columns = Object.entries(options.columns).map(([name, type]) => ({ name, type }));
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
    let elements: SchemaElement[] = [];
    const write = (group: RowGroup): Uint8Array => {
      const columns = (this.#columns ??= this.#inferColumns(group));
      const columnData = columns.map((column, at) => this.#stored(column, group.values[at]!));
      this.#throwProblems();
      if (writer === undefined) elements = columns.map(schemaElement);
      writer ??= new library.ParquetWriter({
        writer: bytes,
        schema: [{ name: 'schema', num_children: columns.length }, ...elements],
        ...compression,
        createdBy: 'FlowerPower',
      });
      this.#rows += group.length;
      this.#explained(() => writer!.write({ columnData, rowGroupSize: Math.max(1, group.length) }));
      return taken(bytes);
    };
    let group = this.#newGroup();
    for await (const batch of batches) {
      for (const row of batch) {
        group.add(row, this.#rows + group.length + 1);
        if (group.length < this.#options.rowGroupRows && this.#problems.length < maxFaults) continue;
        yield write(group);
        group = this.#newGroup();
      }
    }
    if (group.length > 0 || writer === undefined) yield write(group);
    this.#checkDeclared();
    for (const [at, { type }] of (this.#columns ?? []).entries())
      if (type === 'json') Object.assign(elements[at]!, columnKinds.json.element);
    this.#explained(() => writer!.finish());
    yield taken(bytes);
  }

  #newGroup(): RowGroup {
    const names = this.#columns?.map(({ name }) => name) ?? [];
    const isDeclared = this.#options.columns !== undefined;
    return new RowGroup(names, {
      otherKeys: isDeclared ? 'ignore' : this.#columns === undefined ? 'add' : 'refuse',
      report: (row, fault, column) => this.#report(row, fault, column),
      seen: this.#seen,
    });
  }

  /** The keys of all rows, with the type that holds all their values. */
  #inferColumns({ names, values, length }: RowGroup): Column[] {
    if (names.length === 0) {
      const hint = "Give the rows keys, or name the columns in 'columns'.";
      if (length > 0) this.#report(1, { what: 'no keys, so that there are no columns', hint });
      else this.#reportNoRows();
      this.#throwProblems();
    }
    return names.map((name, at) => ({ name, type: typeOfValues(values[at]!) }));
  }

  /** As the library takes them, in place. */
  #stored({ name, type }: Column, values: unknown[]): ColumnSource {
    const { store } = columnKinds[type ?? 'string'];
    let hasMinusZero = false;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      hasMinusZero ||= Object.is(value, -0);
      if (value === null) continue;
      const row = this.#rows + index + 1;
      if (type === 'json') {
        values[index] = this.#plainData(value, row, name);
        continue;
      }
      const stored = type === undefined ? undefined : store(value);
      values[index] = stored;
      if (stored !== undefined) continue;
      this.#report(
        row,
        type === undefined
          ? tooLate(value, name)
          : cellFault(value, type, this.#options.columns !== undefined),
        name,
      );
      if (this.#problems.length >= maxFaults) break;
    }
    // A dictionary takes 0 and -0 for one.
    return { name, data: values, ...(hasMinusZero && { encoding: 'PLAIN' }) };
  }

  #plainData(value: unknown, row: number, name: string): unknown {
    const isDeclared = this.#options.columns !== undefined;
    // A column that was declared holds any JSON; one without a declaration lists and objects.
    if (!isDeclared && typeOfValue(value) !== 'json') {
      this.#report(row, cellFault(value, 'json', isDeclared), name);
      return null;
    }
    const where = `Row ${row} for '${this.#options.path}', column '${shorten(name, 60)}',`;
    checkPlainData(value, where, maxDepth);
    return columnKinds.json.store(value);
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

  #reportNoRows(): void {
    this.#problems.push({
      code: 'FP_IO_VALUE',
      message: `There are no rows for '${this.#options.path}', so that its columns are not known.`,
      hint: "Name the columns and their types in 'columns'; then a file without rows is written.",
    });
  }

  #checkDeclared(): void {
    if (this.#rows === 0) return;
    for (const { name } of this.#columns ?? []) {
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

function schemaElement({ name, type = 'string' }: Column): SchemaElement {
  const { converted_type, ...element } = columnKinds[type].element;
  return {
    ...element,
    // What is said to be JSON the library would write as JSON once more; in the footer it is said.
    ...(converted_type !== undefined && type !== 'json' && { converted_type }),
    name,
    repetition_type: 'OPTIONAL',
  };
}

/** The type that holds all values; of those that no type holds together the first one's, and the others are faults. */
function typeOfValues(values: readonly unknown[]): ParquetColumnType | undefined {
  let type: ParquetColumnType | undefined;
  for (const value of values) {
    if (value === null) continue;
    const given = typeOfValue(value);
    if (given === type || given === undefined) continue;
    type = type === undefined ? given : (commonType(type, given) ?? type);
  }
  return type ?? (values.some((value) => value !== null) ? 'string' : undefined);
}

function tooLate(value: unknown, name: string): CellFault {
  const hint = `Every value of the first row group was null. Declare the type: columns: { ${name}: ${typeOfValue(value) ?? 'string'}, … }.`;
  return faultOfItself(value) ?? { what: 'the first value', hint };
}

/** What has been written since the last time. The writer goes on counting, as its offsets are those of the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
