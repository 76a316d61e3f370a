/** What the engine itself does with the results of a fan-out on their way to a node. */

export function columnAt(index: number) {
  return (columns: readonly unknown[]): unknown => columns[index];
}

export function asSettled(values: readonly unknown[]): PromiseFulfilledResult<unknown>[] {
  return values.map((value) => ({ status: 'fulfilled', value }));
}

export async function* asAsyncIterable(values: readonly unknown[]): AsyncGenerator<unknown> {
  yield* values;
}
