/** The columns that stand in the names of folders: which there are, of which type, and which of them are loaded. */
import { boundedList, didYouMean, shorten } from '@flowerpower/core';
import { castField, type Cell, castHints } from '../cells/cast-field.js';
import { cellType, type ColumnType, isColumnType } from '../cells/column-type.js';
import type { IoColumn } from '../contract/io.js';
import { ioError, type IoProblem, ioErrorOf } from '../errors/io-error.js';
import type { FoundFile, FoundFiles } from './find-files.js';

/** What the options of a loader say about columns. */
export interface ColumnOptions {
  readonly path: string;
  readonly columns?: readonly string[] | undefined;
  readonly types?: Readonly<Record<string, ColumnType>> | undefined;
}

export interface FolderColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** False where `columns` leaves it out. */
  readonly isLoaded: boolean;
}

/**
 * The columns that all files have in the names of their folders, in the order of the path.
 *
 * @throws FlowerPowerError `FP_IO_COLUMNS` where files differ, or a folder names a column that its path has already.
 */
export function folderColumns(
  { files, manifest }: FoundFiles,
  options: ColumnOptions,
): readonly FolderColumn[] {
  const [first] = files;
  const names =
    first === undefined
      ? (manifest?.by ?? []).map(({ name }) => name)
      : first.partitions.map(([name]) => name);
  for (const file of files) checkNames(file, first!, options.path);
  const declared = new Map(Object.entries(options.types ?? {}));
  const savedAs = savedTypes(files, declared);
  for (const { name, type } of manifest?.by ?? []) savedAs.set(name, type);
  return names.map((name) => {
    const saved = savedAs.get(name) ?? 'string';
    const type = declared.get(name) ?? (isColumnType(saved) ? saved : 'string');
    const isLoaded = options.columns?.includes(name) !== false;
    if (!isLoaded && declared.has(name)) {
      throw ioError({
        code: 'FP_IO_COLUMNS',
        message: `'types' names the column '${name}', which 'columns' leaves out.`,
        hint: "Add it to 'columns', or remove its type.",
      });
    }
    return { name, type, isLoaded };
  });
}

/**
 * As what the columns of folders were saved; a file that was not saved with others has texts there.
 *
 * @throws FlowerPowerError `FP_IO_COLUMNS` where files differ and no type is declared.
 */
function savedTypes(
  files: readonly FoundFile[],
  declared: ReadonlyMap<string, ColumnType>,
): Map<string, string> {
  const known = new Map<string, { readonly type: string; readonly shown: string }>();
  let last: FoundFile['saved'];
  for (const { saved, shown, partitions } of files) {
    // The files of one manifest follow each other.
    if (saved !== undefined && saved.manifest === last?.manifest) continue;
    last = saved;
    const by = new Map(saved?.manifest.by.map(({ name, type }) => [name, type]));
    for (const [name] of partitions) {
      const type = by.get(name) ?? 'string';
      const before = known.get(name);
      if (before === undefined || before.type === 'null') known.set(name, { type, shown });
      else if (type !== 'null' && type !== before.type && !declared.has(name))
        throw ioError({
          code: 'FP_IO_COLUMNS',
          message: `The folders of '${before.shown}' give the column '${name}' as ${before.type}, and those of '${shown}' as ${type}.`,
          hint: `Declare types: { ${name}: string }, or load them one after the other.`,
          places: [{ file: shown }],
        });
    }
  }
  return new Map([...known].map(([name, { type }]) => [name, type]));
}

function checkNames(file: FoundFile, first: FoundFile, written: string): void {
  const names = file.partitions.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const places = [{ file: file.shown }];
  if (twice !== undefined) {
    throw ioError({
      code: 'FP_IO_COLUMNS',
      message: `The path of '${file.shown}' gives the column '${twice}' twice.`,
      hint: 'Rename one of the folders.',
      places,
    });
  }
  const expected = first.partitions.map(([name]) => name);
  if (names.length === expected.length && names.every((name) => expected.includes(name))) return;
  const told = (list: readonly string[]) => (list.length === 0 ? 'none' : boundedList(list));
  throw ioError({
    code: 'FP_IO_COLUMNS',
    message: `The folders of '${written}' do not give every file the same columns: '${first.shown}' has ${told(expected)}, '${file.shown}' has ${told(names)}.`,
    hint: 'Put the files in folders of the same kind (key=value), or load them with a pattern that leaves out the others.',
    places,
  });
}

/** What the folders around a file say, as values. @throws FlowerPowerError `FP_IO_PARSE` for what its type does not allow. */
export function folderValues(
  { partitions, shown }: Pick<FoundFile, 'partitions' | 'shown'>,
  columns: readonly FolderColumn[],
): readonly (readonly [name: string, value: Cell])[] {
  const texts = new Map(partitions);
  const problems: IoProblem[] = [];
  const values = columns
    .filter(({ isLoaded }) => isLoaded)
    .map(({ name, type }): readonly [string, Cell] => {
      const text = texts.get(name) ?? null;
      const value = text === null ? null : castField(text, type);
      if (value !== undefined) return [name, value];
      problems.push({
        code: 'FP_IO_PARSE',
        message: `'${shown}': the folder says ${JSON.stringify(shorten(text!, 40))} for the column '${name}', which is not ${type === 'integer' ? 'an' : 'a'} ${type}.`,
        hint: `Expected is ${castHints[type]}.`,
        places: [{ file: shown }],
      });
      return [name, null];
    });
  if (problems.length > 0) throw ioErrorOf(problems, `'${shown}' does not fit its types`);
  return values;
}

/** Types for columns that no folder gives, where the loader itself has no types. */
export function unknownTypes(types: readonly string[], known: readonly string[], path: string): IoProblem[] {
  return types
    .filter((name) => !known.includes(name))
    .map((name) => ({
      code: 'FP_IO_COLUMNS',
      message: `'types' names the column '${name}', which the folders of '${path}' do not give.`,
      hint:
        didYouMean(name, known) ??
        (known.length === 0
          ? 'They give no columns: types are for folders that are named key=value.'
          : `They give: ${boundedList(known)}.`),
    }));
}

export function asIoColumns(columns: readonly FolderColumn[]): IoColumn[] {
  return columns.filter(({ isLoaded }) => isLoaded).map(({ name, type }) => ({ name, type }));
}

/** As an entry of the TypeScript type of a row. */
export function columnType({ name, type }: FolderColumn, orNull: boolean): string {
  return `${JSON.stringify(name)}: ${cellType(type)}${orNull ? ' | null' : ''}`;
}
