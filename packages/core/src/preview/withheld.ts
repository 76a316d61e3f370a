/** What stands for a value that nobody knows before certain nodes have run. */
import type { GraphNode } from '../model/graph.js';
import { isRecord } from '../errors/option-rules.js';

export class Withheld {
  /** The nodes that have to run before the value is known. */
  readonly until: ReadonlySet<string>;

  constructor(until: Iterable<string>) {
    this.until = new Set(until);
  }
}

/** For the value of a node; of one that fans out there is one item, which stands for all that there may be. */
export function standIn({ fanOut }: GraphNode, until: Iterable<string>): unknown {
  const value = new Withheld(until);
  return fanOut === undefined ? value : [value];
}

/**
 * The nodes that a value waits for. A value is known or withheld as a whole, except for the results of a fan-out, which
 * the engine collects: lists, of results or of what has become of each.
 */
export function untilOf(value: unknown): ReadonlySet<string> {
  if (value instanceof Withheld) return value.until;
  if (!Array.isArray(value)) return nothing;
  const until = new Set<string>();
  const lists = new Set<readonly unknown[]>([value as readonly unknown[]]);
  for (const list of lists) {
    for (const each of list) {
      const item = isSettled(each) ? each.value : each;
      if (Array.isArray(item)) lists.add(item as readonly unknown[]);
      if (item instanceof Withheld) for (const name of item.until) until.add(name);
    }
  }
  return until;
}

function isSettled(item: unknown): item is PromiseFulfilledResult<unknown> {
  return isRecord(item) && item['status'] === 'fulfilled';
}

const nothing: ReadonlySet<string> = /* @__PURE__ */ new Set<string>();
