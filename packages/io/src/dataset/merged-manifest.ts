import { boundedList } from '@flowerpower/core';
import type { IoColumn } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import type { Manifest } from './manifest.js';

type Content = Pick<Manifest, 'type' | 'dialect' | 'by' | 'columns' | 'files'>;

/** What a folder holds after files were added to it. @throws FlowerPowerError `FP_IO_FOLDER` where they do not fit. */
export function mergedManifest(old: Content, added: Content, shown: string): Content {
  const fail = (message: string) =>
    ioError({
      code: 'FP_IO_FOLDER',
      message: `'${shown}' cannot be appended to: ${message}.`,
      hint: "Save into another folder, or use mode: 'overwrite'.",
    });
  if (old.type !== added.type) throw fail(`it was saved as ${old.type}, not as ${added.type}`);
  if (old.files.length > 0) checkDialect(old, added, fail);
  const oldBy = old.by.map(({ name }) => name);
  const addedBy = added.by.map(({ name }) => name);
  if (oldBy.join('\0') !== addedBy.join('\0'))
    throw fail(`its folders are by ${told(oldBy)}, and those of the new rows by ${told(addedBy)}`);
  const by = joinedColumns(old.by, added.by, fail);
  const columns =
    old.columns === undefined || added.columns === undefined
      ? undefined
      : joinedColumns(old.columns, added.columns, fail);
  const { dialect } = old.files.length > 0 ? old : added;
  return {
    type: old.type,
    ...(dialect && { dialect }),
    by,
    ...(columns && { columns }),
    files: [...old.files, ...added.files],
  };
}

function checkDialect(old: Content, added: Content, fail: (message: string) => Error): void {
  for (const [option, value] of Object.entries(added.dialect ?? {})) {
    const before = old.dialect?.[option];
    if (before === undefined || before === value) continue;
    throw fail(
      `its files have the ${option} ${JSON.stringify(before)}, and those of the new rows ${JSON.stringify(value)}`,
    );
  }
}

/** One list of columns for several files. Files without rows have none, and fit to all. */
export function joinedColumns(
  old: readonly IoColumn[],
  added: readonly IoColumn[],
  fail: (message: string) => Error,
): IoColumn[] {
  if (old.length === 0 || added.length === 0) return [...(old.length === 0 ? added : old)];
  const types = new Map(added.map(({ name, type }) => [name, type]));
  if (old.length !== added.length || old.some(({ name }) => !types.has(name))) {
    const names = (columns: readonly IoColumn[]) => boundedList(columns.map(({ name }) => name));
    throw fail(`its columns are ${names(old)}, and those of the new rows ${names(added)}`);
  }
  return old.map(({ name, type }) => {
    const other = types.get(name)!;
    if (type === other || other === 'null' || type === 'mixed') return { name, type };
    if (type === 'null') return { name, type: other };
    throw fail(`its column '${name}' holds ${type} values, and the new rows have ${other} ones`);
  });
}

function told(names: readonly string[]): string {
  return names.length === 0 ? 'no column' : names.join(', ');
}
