/** The types that a column of texts can be declared to have. */
export const columnTypes = ['string', 'number', 'integer', 'bigint', 'boolean', 'date'] as const;
export type ColumnType = (typeof columnTypes)[number];

const cellTypes: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  date: 'Date',
};

/** The TypeScript type of the values of a column. */
export function cellType(type: ColumnType): string {
  return cellTypes[type];
}

export function isColumnType(type: string): type is ColumnType {
  return Object.hasOwn(cellTypes, type);
}
