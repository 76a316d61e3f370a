/** What the nodes of a run say of the data that they load and save, over all of its attempts. */
import type { NodeCall } from '@flowerpower/core';

/** By node, the names under which the result tells of them. */
export interface IoNames {
  readonly saved: ReadonlyMap<string, string>;
  /** Of nodes that give a loaded value and the facts about it. */
  readonly loaded: ReadonlyMap<string, string>;
}

export interface IoFacts {
  note(call: Pick<NodeCall, 'node' | 'item'>, attempt: number, value: unknown): void;
  /** The node is inside a fan-out that had no items. */
  noteEmpty(node: string): void;
  /** What has been saved so far, by name; inside a fan-out a list in the order of the items. */
  saved(): Readonly<Record<string, unknown>>;
  loaded(): Readonly<Record<string, unknown>>;
}

type Known = { readonly facts: unknown } | { readonly attempt: number; readonly items: ItemFacts[] };

interface ItemFacts {
  readonly item: readonly number[];
  readonly facts: unknown;
}

export function createIoFacts(names: IoNames): IoFacts {
  const saved = new Map<string, Known>();
  const loaded = new Map<string, Known>();

  return {
    note({ node: { name }, item }, attempt, value) {
      const saver = names.saved.get(name);
      if (saver !== undefined) add(saved, saver, { item, attempt, facts: value });
      const loader = names.loaded.get(name);
      // Where the user's loader gives no pair, the node that takes the value out of it fails.
      if (loader !== undefined && Array.isArray(value))
        add(loaded, loader, { item, attempt, facts: value[1] });
    },
    noteEmpty(node) {
      const none = { attempt: 0, items: [] };
      const saver = names.saved.get(node);
      if (saver !== undefined) saved.set(saver, none);
      const loader = names.loaded.get(node);
      if (loader !== undefined) loaded.set(loader, none);
    },
    saved: () => asRecord(saved),
    loaded: () => asRecord(loaded),
  };
}

interface Noted {
  readonly item: readonly number[] | undefined;
  readonly attempt: number;
  readonly facts: unknown;
}

function add(all: Map<string, Known>, name: string, { item, attempt, facts }: Noted): void {
  if (item === undefined) {
    all.set(name, { facts });
    return;
  }
  const known = all.get(name);
  // In another attempt all items run anew.
  if (known !== undefined && 'items' in known && known.attempt === attempt) known.items.push({ item, facts });
  else all.set(name, { attempt, items: [{ item, facts }] });
}

function asRecord(all: ReadonlyMap<string, Known>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...all].map(([name, known]) => [name, 'items' in known ? nested(known.items, 0) : known.facts]),
  );
}

/** A list for each fan-out around the node. */
function nested(items: readonly ItemFacts[], depth: number): readonly unknown[] {
  const groups = new Map<number, ItemFacts[]>();
  for (const entry of items) {
    const position = entry.item[depth]!;
    const group = groups.get(position);
    if (group === undefined) groups.set(position, [entry]);
    else group.push(entry);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => (group[0]!.item.length === depth + 1 ? group[0]!.facts : nested(group, depth + 1)));
}
