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
  const rows = rowCount(table);
  for (const [name, column] of Object.entries(columns)) checkColumn(name, column, rows, source);
  const checked = columns as Readonly<Record<string, ArrayLike<unknown>>>;
  if (!Array.isArray(table)) return { ...table, ...checked };
  const entries = Object.entries(checked);
  return table.map((row: unknown, index) => ({
    ...(row as object),
    ...Object.fromEntries(entries.map(([name, cells]) => [name, cells[index]])),
  }));
}

/** Undefined for a record without a column, which takes columns of any length. */
function rowCount(table: object): number | undefined {
  return Array.isArray(table) ? table.length : Object.values(table).find(isColumn)?.length;
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
