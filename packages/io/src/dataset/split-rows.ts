/** Takes the columns that become folders out of rows, and says which folder each row belongs to. */
import { boundedList, didYouMean, messageOf, shorten } from '@flowerpower/core';
import type { IoColumn, Row } from '../contract/io.js';
import { type IoProblem, ioError, ioErrorOf } from '../errors/io-error.js';
import { setOwn } from '../values/set-own.js';
import { partitionSegment, partitionText } from './partition-path.js';

/** As many faults as one error lists; saving stops there. */
const maxFaults = 20;

export interface SplitOptions {
  /** As the user wrote it. */
  readonly shown: string;
  readonly by: readonly string[];
  /** The columns to write, where they were named. */
  readonly columns: readonly string[] | undefined;
  /** Whether every row may have keys of its own. */
  readonly freeForm: boolean;
}

export class RowSplitter {
  readonly #options: SplitOptions;
  /** What every row in a file has, in this order. */
  #columns: readonly string[] | undefined;
  /** By column of `by`. */
  readonly #types = new Map<string, string>();
  readonly #seen = new Set<string>();
  #rows = 0;

  constructor(options: SplitOptions) {
    this.#options = options;
    this.#columns = options.columns?.filter((name) => !options.by.includes(name));
  }

  /** Rows by the folder that they belong to, `year=2024/month=1`. @throws FlowerPowerError `FP_IO_VALUE` */
  split(rows: readonly Row[]): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    const problems: IoProblem[] = [];
    for (const row of rows) {
      this.#rows++;
      const folder = this.#folderOf(row, problems);
      if (problems.length >= maxFaults) break;
      if (folder === undefined) continue;
      const group = groups.get(folder);
      const rest = this.#withoutFolders(row);
      if (group === undefined) groups.set(folder, [rest]);
      else group.push(rest);
    }
    if (problems.length > 0) throw ioErrorOf(problems, `'${this.#options.shown}' cannot be saved`);
    return groups;
  }

  /** @throws FlowerPowerError `FP_IO_VALUE` for a column that no row had: a slip of the pen. */
  columns(): IoColumn[] {
    const { by, columns = [], shown } = this.#options;
    const absent = [...new Set([...by, ...columns])].filter((name) => !this.#seen.has(name));
    if (this.#rows > 0 && absent.length > 0) {
      const problems = absent.map(
        (name): IoProblem => ({
          code: 'FP_IO_VALUE',
          message: `'${by.includes(name) ? 'by' : 'columns'}' for '${shown}' names '${name}', which no row has.`,
          hint: didYouMean(name, this.#seen) ?? `The rows have: ${boundedList(this.#seen)}.`,
        }),
      );
      throw ioErrorOf(problems, `'${shown}' cannot be saved`);
    }
    return by.map((name) => ({ name, type: this.#types.get(name) ?? 'null' }));
  }

  #folderOf(row: Row, problems: IoProblem[]): string | undefined {
    const segments: string[] = [];
    for (const name of this.#options.by) {
      const segment = this.#segmentOf(row, name);
      if (typeof segment === 'string') segments.push(segment);
      else
        problems.push({
          code: 'FP_IO_VALUE',
          message: `Row ${this.#rows} for '${this.#options.shown}' ${segment.message}`,
          hint: segment.hint,
        });
    }
    return segments.length === this.#options.by.length ? segments.join('/') : undefined;
  }

  #segmentOf(row: Row, name: string): string | { readonly message: string; readonly hint: string } {
    const column = `in the column '${shorten(name, 60)}', which is to name folders`;
    let value: unknown;
    try {
      value = Object.hasOwn(row, name) ? row[name] : null;
    } catch (error) {
      const what = `a value that cannot be read (${shorten(messageOf(error), 200)})`;
      return { message: `has ${what} ${column}.`, hint: 'Convert the row to a plain object first.' };
    }
    const result = partitionText(value);
    if ('what' in result) return { message: `has ${result.what} ${column}.`, hint: result.hint };
    const { text, type } = result;
    const known = this.#types.get(name);
    if (type !== undefined && known !== undefined && known !== type) {
      return {
        message: `has a ${type} ${column}, and rows before it have a ${known}.`,
        hint: 'Folders of one column hold one type: 1 and "1" would have the same name. Convert one of them.',
      };
    }
    if (type !== undefined) this.#types.set(name, type);
    return (
      partitionSegment(name, text) ?? {
        message: `has a text ${column} that is longer than a name of a folder can be.`,
        hint: 'File systems allow 255 bytes, and characters other than A-Z, a-z, 0-9, - _ . ~ take three bytes for each of theirs.',
      }
    );
  }

  /** With the same columns in every file, so that it does not count in which file a row comes first. */
  #withoutFolders(row: Row): Row {
    const { by, freeForm, shown } = this.#options;
    const rest: Row = {};
    let keys: readonly string[];
    try {
      keys = Object.keys(row);
    } catch (cause) {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `Row ${this.#rows} for '${shown}' cannot be read (${shorten(messageOf(cause), 200)}).`,
        hint: 'Convert it to a plain object first.',
        cause,
      });
    }
    for (const key of keys) this.#seen.add(key);
    const others = keys.filter((key) => !by.includes(key));
    if (!freeForm && others.length === 0) {
      throw ioError({
        code: 'FP_IO_VALUE',
        message: `Row ${this.#rows} for '${shown}' has no columns but those of 'by' (${boundedList(by)}): nothing is left for the files.`,
        hint: "Leave one of them out of 'by'.",
      });
    }
    if (!freeForm) this.#columns ??= others;
    const isNamed = this.#options.columns !== undefined;
    for (const name of freeForm ? [] : this.#columns!) setOwn(rest, name, null);
    for (const name of others) {
      if (isNamed && !this.#columns!.includes(name)) continue;
      try {
        setOwn(rest, name, row[name]);
      } catch {
        // The saver of the file meets it too, and says so in its words.
        Object.defineProperty(rest, name, { enumerable: true, configurable: true, get: () => row[name] });
      }
    }
    return rest;
  }
}
