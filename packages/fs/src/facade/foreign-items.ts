/**
 * Reads what somebody else gives one by one. Whoever stops reading before its end closes it, as `for await` does; but what
 * never answers must not hold up the failure that made the reader stop.
 */

/** How long an iterator that is closed before its end is waited for. */
const closingMs = 1000;

/**
 * The items of an asynchronous iterable, boxed: a bare one would be awaited, which not every value survives.
 *
 * Closed before its end it closes the iterable, and waits for that no longer than a second. What goes wrong meanwhile is
 * left to the reason of the closing.
 *
 * @example
 * ```ts
 * import { foreignItems } from '@flowerpower/fs';
 *
 * async function* rows() {
 *   yield { id: 1 };
 * }
 * for await (const { item } of foreignItems(rows())) console.log(item.id); // 1
 * ```
 */
export async function* foreignItems<T>(items: AsyncIterable<T>): AsyncGenerator<{ readonly item: T }, void> {
  const iterator = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      // One that cannot give its next item is at its end.
      isOver = true;
      const step = await iterator.next();
      if (step.done === true) return;
      isOver = false;
      yield { item: step.value };
    }
  } finally {
    if (!isOver) await soon(async () => iterator.return?.());
  }
}

/** Waits for the end of a call, but no longer than a second, and not for its success. */
export async function soon(call: () => Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, closingMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    call().then(end, end);
  });
}
