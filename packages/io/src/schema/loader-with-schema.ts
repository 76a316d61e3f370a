/** Data from outside, held to what the pipeline says it is. */
import { type FlowerPowerError, messageOf, requireArgument, shorten } from '@flowerpower/core';
import { foreignItems } from '@flowerpower/fs';
import type { Loaded, Loader } from '../contract/io.js';
import { aLoader, aSchema } from '../contract/io-rules.js';
import type { OptionsSchema, SchemaIssue, SchemaResult } from '../contract/options-schema.js';
import { type IoProblem, ioError, ioErrorOf } from '../errors/io-error.js';

/** As many faults as one error lists. */
const maxFaults = 20;

/**
 * The loader, which gives what a Standard Schema (zod, valibot, arktype …) makes of the loaded value. Of batches each
 * one is checked as it is read, so a schema of a list of rows fits them too.
 *
 * FP_IO_SCHEMA names row and column of what does not fit, at most 20 at a time.
 *
 * @example
 * ```ts
 * import { builtinLoaders, loaderWithSchema } from '@flowerpower/io';
 * import * as v from 'valibot';
 *
 * const sales = v.array(v.object({ region: v.string(), amount: v.number() }));
 * export const checked = loaderWithSchema(builtinLoaders.csv, sales);
 * ```
 */
export function loaderWithSchema<Options, Output>(
  loader: Loader<Options, unknown>,
  schema: OptionsSchema<Output>,
): Loader<Options, Output | AsyncIterable<Output>> {
  requireArgument('The loader', aLoader, loader, 'loaderWithSchema');
  requireArgument('The schema', aSchema, schema, 'loaderWithSchema');
  const load: Loader<Options, Output | AsyncIterable<Output>>['load'] = async (options, context) => {
    const { value, metadata } = await loader.load(options, context);
    const { type } = loader;
    const file = fileOf(options, type);
    const from = { file, type };
    return isAsyncIterable(value)
      ? ({ value: eachChecked(value, schema, from), metadata } as Loaded<AsyncIterable<Output>>)
      : { value: await checked(value, schema, from, 0), metadata };
  };
  // Inherits whatever else the loader is.
  return Object.create(loader, { load: { value: load, enumerable: true } }) as never;
}

interface Origin {
  readonly file: string;
  /** Of the loader. */
  readonly type: string;
}

/** Asks for the items when they are asked for, so that what can be read once is still read once. */
function eachChecked<Output>(
  batches: AsyncIterable<unknown>,
  schema: OptionsSchema<Output>,
  from: Origin,
): AsyncIterable<Output> {
  async function* run(source: AsyncIterator<unknown>): AsyncGenerator<Output, void> {
    let rows = 0;
    for await (const { item: batch } of foreignItems({ [Symbol.asyncIterator]: () => source })) {
      yield await checked(batch, schema, from, rows);
      rows += Array.isArray(batch) ? batch.length : 1;
    }
  }
  return { [Symbol.asyncIterator]: () => run(batches[Symbol.asyncIterator]()) };
}

/** @param rowsBefore - how many rows have been read before this value. */
async function checked<Output>(
  value: unknown,
  schema: OptionsSchema<Output>,
  from: Origin,
  rowsBefore: number,
): Promise<Output> {
  const { file } = from;
  let result: SchemaResult<Output>;
  try {
    result = await schema['~standard'].validate(value);
  } catch (cause) {
    throw ioError({
      code: 'FP_IO_SCHEMA',
      message: `The schema for '${file}' failed: ${shorten(messageOf(cause), 200)}.`,
      hint: 'A schema tells what is wrong with a value in its issues; it does not throw.',
      places: [{ file }],
      cause,
    });
  }
  if (result.issues === undefined) return result.value;
  throw schemaError(result.issues, value, from, rowsBefore);
}

function schemaError(
  issues: readonly SchemaIssue[],
  value: unknown,
  { file, type }: Origin,
  rowsBefore: number,
): FlowerPowerError {
  const problems = issues.slice(0, maxFaults).map((issue): IoProblem => {
    const where = placeIn(value, issue.path ?? [], rowsBefore);
    return {
      code: 'FP_IO_SCHEMA',
      message: `'${file}'${where}: ${shorten(issue.message, 200).replace(/\.?$/, '.')}`,
      hint: hintFor(value, issue, type),
      places: [{ file }],
    };
  });
  if (problems.length === 1) return ioError({ ...problems[0]!, problems });
  const more = issues.length > maxFaults ? ` in ${issues.length} places` : '';
  return ioErrorOf(problems, `'${file}' does not fit its schema${more}`);
}

/** ` row 3, column 'amount'` for rows, ` at a.b` for other data. */
function placeIn(value: unknown, path: NonNullable<SchemaIssue['path']>, rowsBefore: number): string {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part));
  const [first, ...rest] = keys.map((key) => shorten(String(key), 60));
  if (first === undefined) return '';
  if (!Array.isArray(value) || !/^\d+$/.test(first)) return ` at ${[first, ...rest].join('.')}`;
  const row = ` row ${rowsBefore + Number(first) + 1}`;
  return rest.length === 0 ? row : `${row}, column '${rest.join('.')}'`;
}

function hintFor(value: unknown, { path = [] }: SchemaIssue, type: string): string {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part));
  const [key] = keys;
  if (keys.length > 0 && valueAt(value, keys) === null) {
    const may = 'Fill it, or let the schema take null (nullable)';
    return type === 'csv'
      ? `The field is empty, which is null in a column with a type. ${may}; with nullValues: [] it is an error of the file.`
      : `The value is null. ${may}.`;
  }
  if (Array.isArray(value) && typeof key !== 'number')
    return 'The schema is of the whole value: a list of rows.';
  return 'Correct the data or the schema; row 1 is the first below a header. Fields of a csv file are texts unless types or infer say otherwise.';
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}

function fileOf(options: unknown, type: string): string {
  const path =
    typeof options === 'object' && options !== null && 'path' in options ? options.path : undefined;
  return typeof path === 'string' ? path : type;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
