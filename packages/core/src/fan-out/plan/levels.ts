/**
 * The levels of a plan with fan-outs: the run itself, and inside each fan-out one level for each of its rounds.
 * Every level knows which nodes it executes and where it takes each value from that they need.
 */
import { demandOf } from './demand.js';
import type { Selection } from './selection.js';
import type { StageOf } from './stages.js';

/** A value as it is seen inside so many fan-outs. */
export interface Ref {
  readonly entry: number;
  /** Seen further out than where it is made, a value is a list with one value for each item; lists nest. */
  readonly depth: number;
  /**
   * - `plain`: the value itself.
   * - `settled`: the innermost list holds settled results.
   * - `raw`: what the function of an expander gives, before its items are taken.
   */
  readonly form: 'plain' | 'settled' | 'raw';
}

/** Where a level takes a value from. */
export type Origin =
  /** From outside the graph. */
  | { readonly kind: 'given'; readonly ref: Ref }
  /** The current item of the fan-out. */
  | { readonly kind: 'item'; readonly ref: Ref }
  /** The current item's value in a list of the level around it. */
  | { readonly kind: 'column'; readonly ref: Ref; readonly from: Ref }
  /** The same value as in the level around it. */
  | { readonly kind: 'capture'; readonly ref: Ref }
  /** A node that the level executes. */
  | { readonly kind: 'node'; readonly ref: Ref }
  /** Collected from a level inside it. */
  | { readonly kind: 'collected'; readonly ref: Ref; readonly block: Level; readonly output: string }
  /** Settled results made of plain values. */
  | { readonly kind: 'settling'; readonly ref: Ref; readonly from: Ref };

export interface Level {
  readonly parent: Level | undefined;
  readonly depth: number;
  /** The expander whose items it runs for; -1 outside of every fan-out. */
  readonly expander: number;
  /** Positions of the entries that it executes, in topological order. */
  readonly entries: number[];
  readonly blocks: Map<string, Level>;
  /** By {@link keyOf} the reference. */
  readonly origins: Map<string, Origin>;
  /** How often each value is asked for, by the key of the reference. */
  readonly uses: Map<string, number>;
  /** What the level around it collects. */
  readonly outputs: Map<string, { readonly ref: Ref; readonly settled: boolean }>;
}

export function keyOf({ entry, depth, form }: Ref): string {
  return `${entry}/${depth}/${form}`;
}

/** The value that an edge takes. */
export function refOfEdge(selection: Selection, position: number, edge: number): Ref | undefined {
  const entry = selection.sourceOf(position, edge);
  if (entry === -1) return undefined;
  const { collect } = selection.entries[position]!.node.dependencies[edge]!;
  const inside = selection.itemScope(entry).length;
  if (collect === undefined) return { entry, depth: inside, form: 'plain' };
  return { entry, depth: inside - 1, form: collect.onItemError === 'collect' ? 'settled' : 'plain' };
}

/** @param outputs - positions of the requested entries. */
export function buildLevels(selection: Selection, outputs: readonly number[], stageOf: StageOf): Level {
  const root = createLevel(undefined, -1);
  const demand = demandOf(selection, outputs);
  for (const position of selection.executed) {
    const level = levelOf(position);
    level.entries.push(position);
    for (const edge of selection.entries[position]!.dependencies.keys()) {
      const ref = refOfEdge(selection, position, edge);
      if (ref !== undefined) need(level, ref);
    }
  }
  for (const entry of outputs) need(root, { entry, depth: 0, form: 'plain' });
  return root;

  /** The level that executes an entry. */
  function levelOf(position: number): Level {
    return selection.scopes[position]!.reduce((level, expander) => {
      return blockIn(level, expander, roundOf(position, expander));
    }, root);
  }

  /** The level, `depth` fan-outs deep, where the value of an entry is made, or an item of it taken. */
  function homeOf(position: number, depth: number): Level {
    return selection
      .itemScope(position)
      .slice(0, depth)
      .reduce((level, expander) => blockIn(level, expander, roundOf(position, expander)), root);
  }

  /** What is gone through together: nodes of one stage that run under the same conditions. */
  function roundOf(position: number, expander: number): string {
    return `${stageOf(position, expander)}/${demand(position, expander)}`;
  }

  function need(level: Level, ref: Ref): void {
    const key = keyOf(ref);
    level.uses.set(key, (level.uses.get(key) ?? 0) + 1);
    if (level.origins.has(key)) return;
    const origin = originOf(level, ref);
    level.origins.set(key, origin);
    if (origin.kind === 'capture') need(level.parent!, ref);
    if (origin.kind === 'column') need(level.parent!, origin.from);
    if (origin.kind === 'settling') need(level, origin.from);
    if (origin.kind === 'item') need(level.parent!, { ...ref, depth: ref.depth - 1, form: 'raw' });
    if (origin.kind === 'collected') need(origin.block, origin.block.outputs.get(origin.output)!.ref);
  }

  function originOf(level: Level, ref: Ref): Origin {
    const { entry, depth, form } = ref;
    const inside = selection.itemScope(entry).length;
    const isExpander = selection.isExpander(entry);
    if (depth < level.depth) return { kind: 'capture', ref };
    const fromColumn: Origin = { kind: 'column', ref, from: { ...ref, depth: depth - 1 } };
    if (selection.isGiven(entry) && (!isExpander || form === 'raw')) {
      if (form === 'settled' && depth === inside - 1)
        return { kind: 'settling', ref, from: { ...ref, form: 'plain' } };
      return depth === 0 ? { kind: 'given', ref } : fromColumn;
    }
    // Items are taken from it in the level around them, so it is never asked for elsewhere.
    if (form === 'raw') return { kind: 'node', ref };
    if (depth < inside) {
      const block = homeOf(entry, depth + 1);
      if (block.parent !== level) return fromColumn;
      const settled = form === 'settled' && depth === inside - 1;
      const output: Ref = { entry, depth: depth + 1, form: settled ? 'plain' : form };
      const name = `${keyOf(output)}/${settled}`;
      block.outputs.set(name, { ref: output, settled });
      return { kind: 'collected', ref, block, output: name };
    }
    if (homeOf(entry, depth) !== level) return fromColumn;
    return { kind: isExpander ? 'item' : 'node', ref };
  }
}

function blockIn(level: Level, expander: number, round: string): Level {
  const key = `${expander}/${round}`;
  const known = level.blocks.get(key);
  if (known !== undefined) return known;
  const made = createLevel(level, expander);
  level.blocks.set(key, made);
  return made;
}

function createLevel(parent: Level | undefined, expander: number): Level {
  return {
    parent,
    depth: parent === undefined ? 0 : parent.depth + 1,
    expander,
    entries: [],
    blocks: new Map(),
    origins: new Map(),
    uses: new Map(),
    outputs: new Map(),
  };
}
