import { boundedList } from '@flowerpower/core';
import type { IoColumn, Row } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';

/** Whole numbers are numbers. */
function asNumber(type: string): string {
  return type === 'integer' ? 'number' : type;
}

/** Holds the files of a folder to the columns of the first one that has any. */
export class SameColumns {
  #first: { readonly shown: string; readonly columns: readonly IoColumn[] } | undefined;

  /** Undefined until a file with columns has been read to its end. */
  get columns(): readonly IoColumn[] | undefined {
    return this.#first?.columns;
  }

  /** Early, before rows that do not belong to the others are delivered. */
  checkRow(row: Row, shown: string): void {
    if (this.#first === undefined) return;
    const keys = Object.keys(row);
    const known = new Set(this.#first.columns.map(({ name }) => name));
    if (keys.some((key) => !known.has(key))) throw this.#differ(keys, shown);
  }

  /** @param columns - of a whole file; undefined where every row may have its own, none where it has no rows. */
  checkFile(columns: readonly IoColumn[] | undefined, shown: string): void {
    if (columns === undefined || columns.length === 0) return;
    if (this.#first === undefined) {
      this.#first = { shown, columns };
      return;
    }
    const known = new Set(this.#first.columns.map(({ name }) => name));
    if (columns.length !== known.size || columns.some(({ name }) => !known.has(name)))
      throw this.#differ(
        columns.map(({ name }) => name),
        shown,
      );
  }

  /** Where each file infers its own: a text of one must not be a number of another. */
  checkTypes(columns: readonly IoColumn[], shown: string): void {
    const first = this.#first;
    if (first === undefined || columns.length === 0) return;
    const types = new Map(first.columns.map(({ name, type }) => [name, type]));
    const other = columns.find(({ name, type }) => asNumber(types.get(name)!) !== asNumber(type));
    if (other === undefined) return;
    throw ioError({
      code: 'FP_IO_COLUMNS',
      message: `The column '${other.name}' is ${other.type} in '${shown}', and ${types.get(other.name)} in '${first.shown}'.`,
      hint: `Say what it is in all of them: types: { ${other.name}: string }, or another type.`,
      places: [{ file: shown }, { file: first.shown }],
    });
  }

  #differ(names: readonly string[], shown: string) {
    const first = this.#first!;
    return ioError({
      code: 'FP_IO_COLUMNS',
      message: `'${shown}' has other columns than '${first.shown}': ${boundedList(names)} instead of ${boundedList(first.columns.map(({ name }) => name))}.`,
      hint: "Load files of one kind together: name the columns that all of them have with 'columns', or use a pattern that leaves out the others.",
      places: [{ file: shown }, { file: first.shown }],
    });
  }
}
