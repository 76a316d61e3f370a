import type { RowOptions } from './load-rows.js';

/** The TypeScript type of rows as a loader gives them. */
export function rowsType(row: string, as: RowOptions['as']): string {
  return as === 'batches' ? `AsyncIterable<${row}[]>` : `${row}[]`;
}
