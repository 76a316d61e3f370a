/**
 * What options of formats mean, for editors. Formats that share an option mean the same by it; a schema that has a description of its own
 * (`v.description(…)`) keeps it.
 */
import type { JsonSchema } from '@flowerpower/config';
import { isMap } from './options-schema.js';

const optionHelp: Readonly<Record<string, string>> = {
  type: 'The format.',
  path: 'A file below the project, or a URI; formats of rows also take a folder or a pattern.',
  schema: 'A schema of the values, as file#export: schemas/orders.ts#orders.',
  storageOptions: 'Options of the filesystem of its path, over those that the project has for the scheme.',
  as: 'records: one array of rows. batches: an async iterable of arrays of rows, read once.',
  batchRows: 'Rows per batch.',
  by: 'Columns by whose values the rows are divided into folders, as day=2026-01-31.',
  mode: 'What becomes of the files that a folder has.',
  columns: 'The columns, in this order.',
  types: 'Types by column. In csv a column that is not named is read as strings.',
  infer: 'Give columns without a declared type the type that all their values have.',
  nullValues: 'The fields that stand for null, in every column, and no others.',
  delimiter: 'What stands between the fields of a line.',
  quote: 'What encloses a field; null: quotes are ordinary characters.',
  comment: 'Lines that begin with it are skipped.',
  header: 'Names of the columns when the file has no header row.',
  skipLines: 'Lines to skip in front of the header.',
  escapeFormulas: "Put ' in front of texts that a spreadsheet would run as a formula.",
  compression: 'gzip or none; by default the suffix .gz decides.',
  encoding: 'What the bytes stand for, as TextDecoder takes it: utf-8, latin1, utf-16le, shift_jis.',
  indent: 'Spaces per level; 0 writes one line.',
  largeIntegers: 'What becomes of a whole number that a number cannot hold exactly: error, bigint or string.',
};

/** Options of a format with what each of them means. */
export function withOptionHelp(schema: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (!isMap(properties)) return schema;
  const told = Object.entries(properties).map(([name, option]) => {
    const description = Object.hasOwn(optionHelp, name) ? optionHelp[name] : undefined;
    return [name, isMap(option) && description !== undefined ? { description, ...option } : option];
  });
  return { ...schema, properties: Object.fromEntries(told) as unknown };
}
