import type { ColumnType, CsvLoadOptions } from './csv-options.js';

/** An empty field of a typed column is null. */
const cellTypes: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  number: 'number | null',
  integer: 'number | null',
  bigint: 'bigint | null',
  boolean: 'boolean | null',
  date: 'Date | null',
};

/**
 * The TypeScript type of a row: texts, but for the columns that have a type. With `infer` only the file tells the
 * others. Which columns there are is known where `columns` or `header` names them.
 */
export function csvRowType({ columns, header, types, infer, nullValues }: CsvLoadOptions): string {
  const text = nullValues.length > 0 ? 'string | null' : 'string';
  const typeOf = (type: ColumnType) => (type === 'string' ? text : cellTypes[type]);
  const other = infer ? 'unknown' : text;
  const declared = new Map(Object.entries(types));
  const names = columns ?? header;
  const known = (names ?? [...declared.keys()]).map((name) => {
    const type = declared.get(name);
    return `${JSON.stringify(name)}: ${type === undefined ? other : typeOf(type)}`;
  });
  return `OpenRecord<{ ${known.join('; ')} }, ${names === undefined ? other : 'never'}>`;
}
