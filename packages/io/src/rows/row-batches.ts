import type { FlowerPowerError } from '@flowerpower/core';
import type { Row } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { describe } from '../values/describe.js';
import { isPlainObject } from '../values/plain-object.js';

const batchSize = 1000;

/**
 * Whatever a node returns as a table, as arrays of rows: an array, iterable or async iterable of rows, or of arrays
 * of rows. FP_IO_VALUE for anything else, naming the row.
 */
export async function* rowBatches(value: unknown, file: string): AsyncGenerator<Row[], void> {
  if (!isIterable(value)) throw noRows(value, file);
  let seen = 0;
  const check = (row: unknown): Row => {
    seen++;
    if (isPlainObject(row)) return row;
    throw noRow(row, seen, file);
  };
  let batch: Row[] = [];
  for await (const item of value) {
    if (Array.isArray(item)) for (const row of item as unknown[]) batch.push(check(row));
    else batch.push(check(item));
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return (
    typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

function noRows(value: unknown, file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_VALUE',
    message: `'${file}' needs rows, but was given ${describe(value)}.`,
    hint: 'Return an array, iterable or async iterable of objects; wrap a single object in [ ].',
  });
}

function noRow(row: unknown, number: number, file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_VALUE',
    message: `Row ${number} for '${file}' is ${describe(row)}, not a plain object.`,
    hint: 'A row is an object whose keys are the columns, for example { region: "north", total: 3 }.',
  });
}
