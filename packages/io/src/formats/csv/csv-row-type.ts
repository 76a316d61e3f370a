import { cellType, type ColumnType } from '../../cells/column-type.js';
import type { CsvLoadOptions } from './csv-options.js';

/**
 * The TypeScript type of a row: texts, but for the columns that have a type. What may be null says `nullValues`: without
 * it, an empty field of a typed column is. With `infer` only the file tells what the other columns hold. Which columns
 * there are is known where `columns` or `header` names them. `CsvRow` says the same in types.
 */
export function csvRowType({ columns, header, types, infer, nullValues }: CsvLoadOptions): string {
  const orNull = (type: ColumnType) => (nullValues === undefined ? type !== 'string' : nullValues.length > 0);
  const typeOf = (type: ColumnType) => `${cellType(type)}${orNull(type) ? ' | null' : ''}`;
  const other = infer ? 'unknown' : typeOf('string');
  const declared = new Map(Object.entries(types));
  const names = columns ?? header;
  const known = (names ?? [...declared.keys()]).map((name) => {
    const type = declared.get(name);
    return `${JSON.stringify(name)}: ${type === undefined ? other : typeOf(type)}`;
  });
  return `OpenRecord<{ ${known.join('; ')} }, ${names === undefined ? other : 'never'}>`;
}
