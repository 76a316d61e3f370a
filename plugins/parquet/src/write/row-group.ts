/** The values of the rows of one row group, by column. The rows themselves are let go at once. */
import { didYouMean, messageOf, shorten } from '@flowerpower/core';
import type { Row } from '@flowerpower/io';
import { isWellFormed } from '../values/is-well-formed.js';
import type { CellFault } from './column-kinds.js';

/** Is told of what is wrong with a row, and its column. */
export type Report = (row: number, fault: CellFault, column?: string) => void;

export class RowGroup {
  /** In the order in which they came up. */
  readonly names: string[];
  /** For each name one value of each row; null for what is missing. */
  readonly values: unknown[][];
  readonly #known: Map<string, number>;
  readonly #otherKeys: 'add' | 'ignore' | 'refuse';
  readonly #report: Report;
  /** Keys that any row had. */
  readonly seen: Set<string>;
  length = 0;

  /**
   * @param names - the columns that are known.
   * @param otherKeys - what becomes of a key that is none of them.
   */
  constructor(
    names: readonly string[],
    {
      otherKeys,
      report,
      seen,
    }: {
      readonly otherKeys: 'add' | 'ignore' | 'refuse';
      readonly report: Report;
      readonly seen: Set<string>;
    },
  ) {
    this.names = [...names];
    this.values = names.map(() => []);
    this.#known = new Map(names.map((name, index) => [name, index]));
    this.#otherKeys = otherKeys;
    this.#report = report;
    this.seen = seen;
  }

  /** @param number - of the row, counted from 1. */
  add(row: Row, number: number): void {
    const { names, values } = this;
    const keys = this.#keysOf(row, number);
    // Nearly every row has the keys of the one before.
    let same = keys.length === names.length;
    for (let at = 0; same && at < keys.length; at++) same = keys[at] === names[at];
    if (!same || this.seen.size < names.length) this.#meet(keys, number);
    for (let at = 0; at < names.length; at++) {
      values[at]!.push(this.#cellOf(row, names[at]!, same, number));
    }
    this.length++;
  }

  #meet(keys: readonly string[], number: number): void {
    for (const key of keys) {
      if (this.#known.has(key)) {
        this.seen.add(key);
      } else if (this.#otherKeys === 'add') {
        if (!isWellFormed(key)) this.#report(number, halfOfAPair);
        this.seen.add(key);
        this.#known.set(key, this.names.length);
        this.names.push(key);
        this.values.push(new Array<unknown>(this.length).fill(null));
      } else if (this.#otherKeys === 'refuse') {
        this.#report(number, unknownKey(key, this.names));
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

  /** Read once, and never trusted: a getter may throw, and so may a proxy. */
  #cellOf(row: Row, name: string, isOwn: boolean, number: number): unknown {
    try {
      return isOwn || Object.hasOwn(row, name) ? (row[name] ?? null) : null;
    } catch (error) {
      this.#report(number, unreadable(error), name);
      return null;
    }
  }
}

const halfOfAPair: CellFault = {
  what: 'a key with half of a surrogate pair',
  hint: 'Such a text was usually cut in the middle of an emoji; cut by code points instead.',
};

function unknownKey(key: string, names: readonly string[]): CellFault {
  return {
    what: `the key '${shorten(key, 60)}', which no row of the first row group has`,
    hint:
      didYouMean(key, names) ??
      "Name the columns and their types in 'columns', or give every row the same keys.",
  };
}

function unreadable(error: unknown): CellFault {
  return {
    what: `a value that cannot be read (${shorten(messageOf(error), 200)})`,
    hint: 'Convert the row to a plain object first.',
  };
}
