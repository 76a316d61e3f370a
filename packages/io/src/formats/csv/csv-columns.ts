import { didYouMean, boundedList } from '@flowerpower/core';
import type { ColumnType } from '../../cells/column-type.js';
import { type IoProblem, ioErrorOf } from '../../errors/io-error.js';
import type { CsvLoadOptions } from './csv-options.js';

export interface CsvColumn {
  readonly name: string;
  /** Which field of a record holds it. */
  readonly index: number;
  /** Undefined: to be inferred. */
  readonly type: ColumnType | undefined;
}

/** The columns to load, in order. FP_IO_COLUMNS with everything that does not fit the header. */
export function planColumns(header: readonly string[], options: CsvLoadOptions): CsvColumn[] {
  const { path, columns = header, types, infer } = options;
  const place = { file: path };
  const problems: IoProblem[] = repeated(header).map((name) => ({
    code: 'FP_IO_COLUMNS',
    message: `The header of '${path}' has the column '${name}' more than once.`,
    hint: "Rename it in the file, or give the names with 'header' and skip the header row with 'skipLines'.",
    places: [place],
  }));
  const missing = (name: string, option: string): IoProblem => ({
    code: 'FP_IO_COLUMNS',
    message: `'${path}' has no column '${name}', which '${option}' names.`,
    hint: didYouMean(name, header) ?? `The columns are: ${boundedList(header)}.`,
    places: [place],
  });
  for (const name of columns) if (!header.includes(name)) problems.push(missing(name, 'columns'));
  for (const name of Object.keys(types)) {
    if (!header.includes(name)) problems.push(missing(name, 'types'));
    else if (!columns.includes(name)) {
      problems.push({
        code: 'FP_IO_COLUMNS',
        message: `'types' names the column '${name}', which 'columns' leaves out.`,
        hint: "Add it to 'columns', or remove its type.",
      });
    }
  }
  if (problems.length > 0) throw ioErrorOf(problems, `The columns of '${path}' do not fit`);
  const declared = new Map(Object.entries(types));
  return columns.map((name) => ({
    name,
    index: header.indexOf(name),
    type: declared.get(name) ?? (infer ? undefined : 'string'),
  }));
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
