/**
 * Finds line and column of fields, for errors only: the parser is fast because it does not keep positions, so a file
 * with a fault is read a second time.
 */

export interface FieldTarget {
  /** Counted from 0; comments and blank lines do not count, a header row does. */
  readonly record: number;
  /** Counted from 0. One behind the last field means the end of the record. */
  readonly field: number;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Dialect {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly comment: string | undefined;
}

/** The positions of the targets, in the same order; undefined where the text ends before. Columns count UTF-16 units. */
export async function locateFields(
  texts: AsyncIterable<string>,
  dialect: Dialect,
  targets: readonly FieldTarget[],
): Promise<(Position | undefined)[]> {
  const found: (Position | undefined)[] = targets.map(() => undefined);
  const last = Math.max(...targets.map(({ record }) => record));
  const scanner = new FieldScanner(dialect, (record, field, position) => {
    for (const [index, target] of targets.entries()) {
      if (target.record === record && target.field === field) found[index] ??= position;
    }
  });
  for await (const text of texts) {
    scanner.scan(text);
    if (scanner.record > last) break;
  }
  return found;
}

class FieldScanner {
  /** The record being scanned. */
  record = 0;
  #field = 0;
  #line = 1;
  #column = 1;
  #place: 'line start' | 'field start' | 'plain' | 'quoted' | 'quote in quoted' | 'comment' = 'line start';
  #afterReturn = false;
  readonly #dialect: Dialect;
  readonly #report: (record: number, field: number, position: Position) => void;

  constructor(dialect: Dialect, report: (record: number, field: number, position: Position) => void) {
    this.#dialect = dialect;
    this.#report = report;
  }

  scan(text: string): void {
    for (let at = 0; at < text.length; at++) this.#character(text[at]!);
  }

  #character(character: string): void {
    const second = this.#afterReturn && character === '\n';
    this.#afterReturn = character === '\r';
    // The second half of CRLF ends nothing more.
    if (second) return;
    const isBreak = character === '\n' || character === '\r';
    if (this.#place === 'quoted') this.#quoted(character);
    else if (isBreak) this.#lineBreak();
    else if (this.#place !== 'comment') this.#unquoted(character);
    if (isBreak) {
      this.#line++;
      this.#column = 1;
    } else {
      this.#column++;
    }
  }

  #quoted(character: string): void {
    if (character === this.#dialect.quote) this.#place = 'quote in quoted';
  }

  #unquoted(character: string): void {
    const { comment, delimiter, quote } = this.#dialect;
    if (this.#place === 'line start' && character === comment) {
      this.#place = 'comment';
      return;
    }
    if (this.#place === 'line start' || this.#place === 'field start') this.#begin(this.#column);
    if (character === delimiter) {
      this.#field++;
      this.#place = 'field start';
    } else if (character === quote && this.#place !== 'plain') {
      // At the start of a field, or doubled inside of it.
      this.#place = 'quoted';
    } else {
      this.#place = 'plain';
    }
  }

  #lineBreak(): void {
    if (this.#place !== 'line start' && this.#place !== 'comment') {
      if (this.#place === 'field start') this.#begin(this.#column);
      this.#field++;
      this.#begin(this.#column);
      this.record++;
      this.#field = 0;
    }
    this.#place = 'line start';
  }

  #begin(column: number): void {
    this.#report(this.record, this.#field, { line: this.#line, column });
  }
}
