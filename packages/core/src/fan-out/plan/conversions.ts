/** What the engine itself does with the results of a fan-out on their way to a node. */

import { MissingValue } from '../../run/missing-value.js';
import { refuseGivenPromise } from '../../run/refuse-promise.js';
import { asColumn } from '../as-column.js';

export function columnAt(index: number) {
  return (columns: readonly unknown[]): unknown => {
    const column = columns[index];
    if (column instanceof MissingValue) throw column.error;
    return column;
  };
}

/** What stands for the whole list is handed on as it is, here and below. */
export function asSettled(values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return values.map((value: unknown) => ({ status: 'fulfilled', value }));
}

export function asAsyncIterable(values: unknown): unknown {
  return Array.isArray(values) ? oneByOne(values) : values;
}

async function* oneByOne(values: readonly unknown[]): AsyncGenerator<unknown> {
  yield* values;
}

/** What is given for a node inside a fan-out: a list with a value for each item. */
export function listFor(name: string) {
  return (value: unknown): readonly unknown[] => {
    const list = asColumn(value, name);
    for (const item of list) refuseGivenPromise(name, item);
    return list;
  };
}
