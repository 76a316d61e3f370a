/** Columns appended to a table: an array of records, or a record of arrays. */
import type { CoreErrorCode } from '../../errors/catalogue.js';
import { FlowerPowerError } from '../../errors/flowerpower-error.js';
import { missingPart, kindWithLength } from '../../draft/missing-part.js';
import { isColumn } from './take-column.js';

const code: CoreErrorCode = 'FP_COLUMN_MISMATCH';

/**
 * A new table; the given one is not changed. A column of the table that has the name of an appended one is
 * replaced.
 *
 * @param source - the node that gave the table, for errors.
 * @throws FlowerPowerError `FP_COLUMN_MISMATCH`, `FP_MISSING_PART`
 */
export function appendColumns(
  table: unknown,
  columns: Readonly<Record<string, unknown>>,
  source: string,
): unknown {
  if (typeof table !== 'object' || table === null) {
    const hint = `Let '${source}' give an array of records or a record of arrays.`;
    throw missingPart(
      `nothing can be appended to '${source}', which gave ${kindWithLength(table)}`,
      hint,
      source,
    );
  }
  const rows = rowCount(table, Object.keys(columns), source);
  for (const [name, column] of Object.entries(columns)) checkColumn(name, column, rows, source);
  const checked = columns as Readonly<Record<string, ArrayLike<unknown>>>;
  if (!Array.isArray(table)) return withProperties(table, checked);
  const entries = Object.entries(checked);
  return table.map((row: unknown, index) =>
    withProperties(row as object, Object.fromEntries(entries.map(([name, cells]) => [name, cells[index]]))),
  );
}

/** A copy with some more properties. That of an instance is one of its class, whose getters go on giving what they gave. */
function withProperties(of: object, more: object): object {
  const prototype: unknown = Object.getPrototypeOf(Object(of));
  if (prototype === Object.prototype || prototype === null) return { ...of, ...more };
  return Object.create(prototype as object, {
    ...Object.getOwnPropertyDescriptors(of),
    ...Object.getOwnPropertyDescriptors(more),
  }) as object;
}

/** Undefined for a record without a column, which takes columns of any length. */
function rowCount(table: object, replaced: readonly string[], source: string): number | undefined {
  if (Array.isArray(table)) return table.length;
  const kept = Object.entries(table).flatMap(([name, cells]) =>
    isColumn(cells) && !replaced.includes(name) ? [{ name, length: cells.length }] : [],
  );
  const [first] = kept;
  const other = kept.find(({ length }) => length !== first!.length);
  if (other === undefined) return first?.length;
  throw new FlowerPowerError({
    code,
    message: `the columns of '${source}' have different lengths: '${first!.name}' has ${first!.length} values, '${other.name}' has ${other.length}`,
    hint: `Let '${source}' give one value for each row in every column.`,
    context: { column: other.name, values: other.length, rows: first!.length },
  });
}

function checkColumn(name: string, column: unknown, rows: number | undefined, source: string): void {
  if (!isColumn(column)) {
    throw new FlowerPowerError({
      code,
      message: `'${name}' gave ${kindWithLength(column)}, which is not a column for the table of '${source}'`,
      hint: `Let '${name}' give an array with one value for each row.`,
      context: { column: name },
    });
  }
  if (rows === undefined || column.length === rows) return;
  throw new FlowerPowerError({
    code,
    message: `the column '${name}' has ${column.length} values, but the table of '${source}' has ${rows} rows`,
    hint: `Let '${name}' give one value for each row.`,
    context: { column: name, values: column.length, rows },
  });
}
