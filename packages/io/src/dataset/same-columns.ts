import { boundedList } from '@flowerpower/core';
import type { IoColumn, Row } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';

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
