import { kindOf, type FlowerPowerError, messageOf, readProperty, shorten } from '@flowerpower/core';
import { foreignItems } from '@flowerpower/fs';
import { arrowRowBatches } from '../arrow/arrow-row-batches.js';
import { isArrowTable } from '../arrow/arrow-table.js';
import type { Row } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';
import { isPlainObject } from '../values/plain-object.js';
import { safely } from '../values/safely.js';

const batchSize = 1000;

/**
 * Whatever a node returns as a table, as arrays of rows: an array, iterable or async iterable of rows, or of arrays
 * of rows, or a table of Apache Arrow. FP_IO_VALUE for anything else, naming the row.
 *
 * @example
 * ```ts
 * import { rowBatches } from '@flowerpower/io';
 *
 * const { value } = await rowBatches(new Set([{ id: 1 }]), 'a.csv').next();
 * value; // [{ id: 1 }]
 * ```
 */
export async function* rowBatches(value: unknown, file: string): AsyncGenerator<Row[], void> {
  if (isArrowTable(value)) {
    yield* arrowRowBatches(value, file);
    return;
  }
  if (!isIterable(value)) throw noRows(value, file);
  let seen = 0;
  const check = (row: unknown): Row => {
    seen++;
    if (isPlainObject(row)) return row;
    throw noRow(row, seen, file);
  };
  const add = (item: unknown): void => {
    if (isArray(item)) for (const row of itemsOf(item, seen, file)) batch.push(check(row));
    else batch.push(check(item));
  };
  let batch: Row[] = [];
  for await (const { items } of portionsOf(value, file)) {
    for (const item of items) {
      add(typeof readProperty(item, 'then') === 'function' ? await item : item);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * The items as they come. They are boxed, because a bare one would be awaited: that asks it for `then`, which not every
 * value survives.
 */
async function* portionsOf(
  value: Iterable<unknown> | AsyncIterable<unknown>,
  file: string,
): AsyncGenerator<{ readonly items: Iterable<unknown> }, void> {
  if (isArray(value)) yield { items: itemsOf(value, 0, file) };
  else if (Symbol.asyncIterator in value)
    for await (const { item } of foreignItems(value)) yield { items: [item] };
  else yield { items: value };
}

/** @param seen - how many rows came before. */
function* itemsOf(array: readonly unknown[], seen: number, file: string): Generator<unknown, void> {
  for (let index = 0; index < array.length; index++) {
    let item: unknown;
    try {
      item = array[index];
    } catch (cause) {
      throw unreadableRow(seen + index + 1, file, cause);
    }
    yield item;
  }
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  // Bytes and numbers are items too, but no rows.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return safely(() => Symbol.iterator in value || Symbol.asyncIterator in value, false);
}

function isArray(value: unknown): value is readonly unknown[] {
  return safely(() => Array.isArray(value), false);
}

function noRows(value: unknown, file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_VALUE',
    message: `'${file}' needs rows, but was given ${kindOf(value)}.`,
    hint: 'Return an array, iterable or async iterable of objects; wrap a single object in [ ].',
  });
}

function noRow(row: unknown, number: number, file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_VALUE',
    message: `Row ${number} for '${file}' is ${kindOf(row)}, not a plain object.`,
    hint: 'A row is an object whose keys are the columns, for example { region: "north", total: 3 }.',
  });
}

function unreadableRow(number: number, file: string, cause: unknown): FlowerPowerError {
  return ioError({
    code: 'FP_IO_VALUE',
    message: `Row ${number} for '${file}' cannot be read (${shorten(messageOf(cause), 200)}).`,
    hint: 'Convert it to a plain object first.',
    cause,
  });
}
