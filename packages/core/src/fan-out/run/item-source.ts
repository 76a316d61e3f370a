/** Where the items of a fan-out come from: what the expander gave, or lists with a value for each item. */
import { FlowerPowerError } from '../../errors/flowerpower-error.js';
import { asColumn } from '../as-column.js';
import type { Block } from '../../plan/plan.js';

type Step = IteratorResult<unknown>;

export interface ItemSource {
  next(): Step | PromiseLike<Step>;
  /** The values of an item's frame before anything has run. */
  valuesFor(index: number, item: unknown): unknown[];
  close(): unknown;
  /** Keeps promises in a list from ending the process when they reject before their turn comes. */
  watchPromises(): void;
}

interface Steps {
  next(): Step | Promise<Step>;
  return?: () => unknown;
}

/**
 * @param given - what the block takes: the items, then columns, then values from around the fan-out.
 * @throws FlowerPowerError `FP_NOT_ITERABLE`, `FP_ITEM_COUNT`.
 */
export function openItems(given: readonly unknown[], block: Block): ItemSource {
  const { takesItem, columns: names } = block;
  const { count } = block.plan;
  const args = [...given];
  const [items] = takesItem ? args.splice(0, 1) : [];
  const columns = args.splice(0, names.length).map((value, index) => asColumn(value, names[index]!));
  const length = commonLength(columns, names);
  const steps = takesItem ? stepsOf(items) : countTo(length!);
  return {
    next: takesItem && length !== undefined ? countingTo(length, steps, names[0]!) : () => steps.next(),
    valuesFor(index, item) {
      const made = new Array<unknown>(count);
      let at = 0;
      if (takesItem) made[at++] = item;
      for (const column of columns) made[at++] = column[index];
      for (const arg of args) made[at++] = arg;
      return made;
    },
    close: () => steps.return?.(),
    watchPromises() {
      if (!Array.isArray(items)) return;
      for (const item of items as readonly unknown[]) {
        if (item instanceof Promise) item.catch(() => {});
      }
    },
  };
}

function stepsOf(items: unknown): Steps {
  if (typeof items === 'object' && items !== null) {
    const { [Symbol.asyncIterator]: asynchronous, [Symbol.iterator]: synchronous } = items as Partial<
      AsyncIterable<unknown> & Iterable<unknown>
    >;
    if (typeof asynchronous === 'function') return asynchronous.call(items);
    if (typeof synchronous === 'function') return synchronous.call(items);
  }
  throw new FlowerPowerError({
    code: 'FP_NOT_ITERABLE',
    message: `It is fanned out, but gave ${items === null ? 'null' : `a value of type ${typeof items}`} instead of a list of items.`,
    hint: 'Return an array or another iterable of items, or write a generator.',
  });
}

function countTo(length: number): Steps {
  let index = 0;
  return {
    next: () => (index++ < length ? { done: false, value: undefined } : { done: true, value: undefined }),
  };
}

function commonLength(
  columns: readonly (readonly unknown[])[],
  names: readonly string[],
): number | undefined {
  const length = columns[0]?.length;
  const other = columns.findIndex((column) => column.length !== length);
  if (other === -1) return length;
  throw wrongCount(
    `'${names[other]}' has ${columns[other]!.length} values, but '${names[0]}' has ${length}.`,
  );
}

/** As many items as the lists have values, no fewer and no more. */
function countingTo(length: number, steps: Steps, name: string): ItemSource['next'] {
  let taken = 0;
  const check = (step: Step): Step => {
    if (step.done ? taken === length : taken++ < length) return step;
    const found = step.done ? `only ${countOf(taken, 'item')}` : 'more items';
    throw wrongCount(`'${name}' has ${countOf(length, 'value')}, but its fan-out has ${found}.`);
  };
  return () => {
    const step = steps.next();
    return 'then' in step ? step.then(check) : check(step);
  };
}

function countOf(length: number, what: string): string {
  return `${length} ${what}${length === 1 ? '' : 's'}`;
}

function wrongCount(message: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_ITEM_COUNT',
    message,
    hint: 'Values given for nodes of one fan-out must be lists of the same length.',
  });
}
