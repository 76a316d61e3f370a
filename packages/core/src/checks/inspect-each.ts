/** The loop of the checks that judge each item alone, and the words of what they found. */
import type { FailedItem } from '../model/validation-result.js';
import { type Finding, type Items, itemsCheck, type ItemsCheck } from './check.js';
import type { CheckProblem } from './check.js';
import { previewValue } from '../errors/preview-value.js';

const maxShown = 5;

/** How a refusal reads after a value: `is not between 0 and 10`, and after several. */
interface Wording {
  readonly one: string;
  readonly many: string;
}

/** Counts refused items and keeps the first few. */
interface FailureCollector {
  add(index: number, value: unknown): void;
  /** `true` when nothing was refused. */
  finding(items: Items, wording: Wording): Finding;
  /** The message with the items refused, if any. */
  report(message: string): Finding;
}

export function collectFailures(): FailureCollector {
  const first: FailedItem[] = [];
  let count = 0;
  const report = (message: string): Finding => {
    if (count === 0) return { message };
    const shown = first.map(({ index, value }) => `${value} at ${index}`).join(', ');
    const rest = count > first.length ? ', …' : '';
    return { message: `${message}: ${shown}${rest}`, failures: { count, first } };
  };
  return {
    add(index, value) {
      count++;
      if (first.length < maxShown) first.push({ index, value: previewValue(value) });
    },
    finding(items, wording) {
      if (count === 0) return true;
      const column = items.column === undefined ? '' : ` of '${items.column}'`;
      if (items.single) {
        return { message: `${first[0]!.value}${column} ${wording.one}`, failures: { count, first } };
      }
      const phrase = count === 1 ? wording.one : wording.many;
      return report(`${count} of ${items.count} ${items.count === 1 ? 'item' : 'items'}${column} ${phrase}`);
    },
    report,
  };
}

/** A check that accepts a value when `accepts` holds for it, or for each of its items. */
export function eachItemCheck<Item, Value, Name extends string>(options: {
  readonly name: Name;
  readonly description: string;
  readonly wording: Wording;
  readonly accepts: (item: unknown) => boolean;
  readonly problem?: CheckProblem | undefined;
  readonly decides: unknown;
}): ItemsCheck<Item, Value, Name> {
  const { name, description, wording, accepts, problem, decides } = options;
  return itemsCheck({
    name,
    description,
    problem,
    decides,
    inspect(items) {
      const failures = collectFailures();
      for (let index = 0; index < items.count; index++) {
        const item = items.at(index);
        if (!accepts(item)) failures.add(index, item);
      }
      return failures.finding(items, wording);
    },
  });
}
