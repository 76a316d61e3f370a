/** The options that a loader or saver of one file gets when it takes folders too, in front of its own schema. */
import * as v from 'valibot';
import { columnTypes } from '../cells/column-type.js';
import type { OptionsSchema, SchemaIssue, SchemaResult } from '../contract/options-schema.js';
import { columnMap } from '../options/column-map.js';
import { isWellFormed } from './partition-path.js';
import { kindOfPath } from './many-path.js';

const columnName = v.pipe(
  v.string(),
  v.minLength(1, 'must name a column'),
  v.check(isWellFormed, 'holds half of a surrogate pair'),
);

/** Of loaders that have no types of their own. */
export const folderTypes = {
  /** Types of the columns in the names of folders. Default: texts, or what they were saved as. */
  types: v.optional(columnMap(v.picklist(columnTypes)), {}),
};

export const folderSaveOptions = {
  /** The columns whose values become folders, `year=2024/month=1`, and leave the files. Default: one file. */
  by: v.optional(
    v.pipe(
      v.array(columnName, 'must be a list of columns, such as [year, month]'),
      v.minLength(1, 'must name a column'),
      v.check((list) => new Set(list).size === list.length, 'must not repeat a name'),
    ),
  ),
  /** What becomes of what is there: replaced, added to, or an error. */
  mode: v.optional(v.picklist(['overwrite', 'append', 'error']), 'overwrite'),
};

export type FolderTypes = v.InferInput<v.ObjectSchema<typeof folderTypes, undefined>>;
export type FolderSaveOptions = v.InferInput<v.ObjectSchema<typeof folderSaveOptions, undefined>>;

export type SaveMode = Exclude<FolderSaveOptions['mode'], undefined>;

type Raw = Readonly<Record<string, unknown>>;

/**
 * The schema of a format that knows files only, which takes folders and further options as well.
 *
 * @param judge - what is wrong with options together, once each is right.
 */
export function withFolderOptions<Options, Input, Entries extends v.ObjectEntries>(
  inner: OptionsSchema<Options, Input>,
  entries: Entries,
  judge: (raw: Raw) => readonly SchemaIssue[],
): OptionsSchema<Options, Input & v.InferInput<v.ObjectSchema<Entries, undefined>>> {
  const own = v.object(entries);
  const standard = inner['~standard'];
  const validate = (raw: unknown): SchemaResult<Options> | Promise<SchemaResult<Options>> => {
    if (typeof raw !== 'object' || raw === null) return standard.validate(raw);
    const given = raw as Raw;
    const others = Object.fromEntries(Object.entries(given).filter(([key]) => !Object.hasOwn(entries, key)));
    const { path } = given;
    const isFolder = typeof path === 'string' && kindOfPath(path) !== 'file';
    // To a format every path is that of a file.
    const result = standard.validate(isFolder ? { ...others, path: `${path}file` } : others);
    const join = (first: SchemaResult<Options>): SchemaResult<Options> => {
      const second = v.safeParse(own, given);
      const issues = [
        ...(first.issues ?? []),
        ...(second.success ? judge(given) : second.issues.map(issueOf)),
      ];
      if (issues.length > 0 || first.issues !== undefined) return { issues };
      return { value: { ...first.value, ...(second.output as object), ...(isFolder && { path }) } };
    };
    return result instanceof Promise ? result.then(join) : join(result);
  };
  return Object.create(listing(inner, entries), {
    '~standard': { value: { ...standard, validate } },
  }) as never;
}

/** What is told of a schema, to checks and to editors: with the further options, and a path that may be a folder's. */
function listing(inner: object, entries: v.ObjectEntries): object {
  const told: PropertyDescriptorMap = {};
  for (const list of ['entries', 'shape']) {
    const known: unknown = Reflect.get(inner, list);
    if (typeof known !== 'object' || known === null) continue;
    const path = list === 'entries' && 'path' in known ? { path: v.string() } : {};
    told[list] = { value: { ...known, ...path, ...entries }, enumerable: true };
  }
  const pipe: unknown = Reflect.get(inner, 'pipe');
  if (Array.isArray(pipe))
    told['pipe'] = { value: [listing(pipe[0] as object, entries), ...pipe.slice(1)], enumerable: true };
  // Inherits what else the schema tells.
  return Object.create(inner, told) as object;
}

function issueOf({
  message,
  path = [],
}: {
  message: string;
  path?: readonly { key: unknown }[] | undefined;
}): SchemaIssue {
  return { message, path: path.map(({ key }) => key as PropertyKey) };
}

/** The names of the options, where the schema lists them. */
export function knowsOption(schema: object, name: string): boolean {
  return ['entries', 'shape'].some((list) => {
    const entries: unknown = Reflect.get(schema, list);
    return typeof entries === 'object' && entries !== null && Object.hasOwn(entries, name);
  });
}
