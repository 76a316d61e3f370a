import type { RowOptions } from './load-rows.js';

/** The TypeScript type of rows as a loader gives them. */
export function rowsType(row: string, as: RowOptions['as']): string {
  return as === 'batches' ? `AsyncIterable<${row}[]>` : `${row}[]`;
}

/** The TypeScript type of what is saved as rows. Whether their values fit shows when they are saved. */
export const savedRowsType = 'Iterable<object> | AsyncIterable<object>';
