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
    const file = fileOf(options, loader.type);
    return isAsyncIterable(value)
      ? ({ value: eachChecked(value, schema, file), metadata } as Loaded<AsyncIterable<Output>>)
      : { value: await checked(value, schema, file, 0), metadata };
  };
  // Inherits whatever else the loader is.
  return Object.create(loader, { load: { value: load, enumerable: true } }) as never;
}

/** Asks for the items when they are asked for, so that what can be read once is still read once. */
function eachChecked<Output>(
  batches: AsyncIterable<unknown>,
  schema: OptionsSchema<Output>,
  file: string,
): AsyncIterable<Output> {
  async function* run(source: AsyncIterator<unknown>): AsyncGenerator<Output, void> {
    let rows = 0;
    for await (const { item: batch } of foreignItems({ [Symbol.asyncIterator]: () => source })) {
      yield await checked(batch, schema, file, rows);
      rows += Array.isArray(batch) ? batch.length : 1;
    }
  }
  return { [Symbol.asyncIterator]: () => run(batches[Symbol.asyncIterator]()) };
}

/** @param rowsBefore - how many rows have been read before this value. */
async function checked<Output>(
  value: unknown,
  schema: OptionsSchema<Output>,
  file: string,
  rowsBefore: number,
): Promise<Output> {
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
  throw schemaError(result.issues, value, file, rowsBefore);
}

function schemaError(
  issues: readonly SchemaIssue[],
  value: unknown,
  file: string,
  rowsBefore: number,
): FlowerPowerError {
  const problems = issues.slice(0, maxFaults).map((issue): IoProblem => {
    const where = placeIn(value, issue.path ?? [], rowsBefore);
    return {
      code: 'FP_IO_SCHEMA',
      message: `'${file}'${where}: ${shorten(issue.message, 200).replace(/\.?$/, '.')}`,
      hint: hintFor(value, issue),
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

function hintFor(value: unknown, { path: [first] = [] }: SchemaIssue): string {
  const key = typeof first === 'object' ? first.key : first;
  if (Array.isArray(value) && typeof key !== 'number')
    return 'The schema is of the whole value: a list of rows.';
  return 'Correct the data or the schema; row 1 is the first below a header. Fields of a csv file are texts unless types or infer say otherwise.';
}

function fileOf(options: unknown, type: string): string {
  const path =
    typeof options === 'object' && options !== null && 'path' in options ? options.path : undefined;
  return typeof path === 'string' ? path : type;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
