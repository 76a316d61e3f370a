/**
 * What would run for some outputs: integer slots, typed-array adjacency. Only a plan runs.
 *
 * Slots `0 … given-1` hold values given from outside (inputs, overrides, config); the others are nodes to
 * execute, in topological order. Nodes inside a fan-out are not among them: one slot stands for the whole
 * fan-out and holds a plan of its own, which runs once for each item.
 */
import type { AnyFunction } from '../model/definition.js';
import type { GraphNode } from '../model/graph.js';
import type { CallShape } from './call-shape.js';

export interface Plan {
  /** The graph node of each slot; undefined for slots that the plan itself needs. */
  readonly nodes: readonly (GraphNode | undefined)[];
  /** How many leading slots hold given values. */
  readonly given: number;
  /** How many slots there are. */
  readonly count: number;
  /** Where the value of a given slot comes from; inside a fan-out: the item's own, or captured from around it. */
  readonly sources: readonly ('input' | 'override' | 'config' | 'item' | 'captured')[];
  /** The value of each config slot, undefined elsewhere. */
  readonly configValues: readonly unknown[];
  /** The function of each executed slot; index is the slot. */
  readonly fns: readonly (AnyFunction | undefined)[];
  /** How to call each slot: so many values as arguments up to 4, or a `callStyle`. */
  readonly styles: Uint8Array;
  /** What each slot's function takes. */
  readonly shapes: readonly CallShape[];
  /** Arguments of slot `s`: slots `args[argStart[s]] … args[argStart[s + 1] - 1]`. */
  readonly argStart: Int32Array;
  readonly args: Int32Array;
  /** Values to release once slot `s` has run: `releases[releaseStart[s]] … releases[releaseStart[s + 1] - 1]`. */
  readonly releaseStart: Int32Array;
  readonly releases: Int32Array;
  /** 1 for the slots whose value several read, which no iterator survives. Undefined when there are none, or nobody looks. */
  readonly shared: Uint8Array | undefined;
  /** Requested outputs by name, in the order requested. */
  readonly outputs: readonly { readonly name: string; readonly slot: number }[];
  /** Consumers of slot `s`; made on first use by the concurrent scheduler. */
  readonly successors: () => Successors;
  /** Every node that executes, also those inside fan-outs, in topological order. */
  readonly planned: readonly GraphNode[];
  /** The fan-outs by slot. Undefined when there are none. */
  readonly blocks: ReadonlyMap<number, Block> | undefined;
  /** For slots of the plan itself the node whose values, or items, they hand on. Undefined without fan-outs. */
  readonly standsFor: ReadonlyMap<number, GraphNode> | undefined;
  /**
   * The slots whose promises take no permit: those of fan-outs, whose nodes have permits of their own, and whoever takes a
   * stream of items. Undefined when there are none.
   */
  readonly waitsForItems: ReadonlySet<number> | undefined;
  /** The slots that are branches; the first argument chooses among the others. Undefined when there are none. */
  readonly branches: ReadonlySet<number> | undefined;
}

export interface Successors {
  readonly start: Int32Array;
  readonly slots: Int32Array;
}

/**
 * The nodes of a fan-out as a plan that runs once for each item. The given slots of that plan hold, in this
 * order: the item if `takesItem`, one value of each column, and values from around the fan-out. Those are also
 * the arguments of the block's slot, which gives a list of columns, or a stream if `stream` says so.
 */
export interface Block {
  readonly plan: Plan;
  /** The node that lists the items. */
  readonly expander: GraphNode;
  /** True when the first argument lists the items. Otherwise the first column says how many there are. */
  readonly takesItem: boolean;
  /** The nodes whose values are given as lists with one value for each item. */
  readonly columns: readonly string[];
  readonly outputs: readonly BlockOutput[];
  /** How many items may be under way at once, where the expander says so. */
  readonly concurrency: number | undefined;
  /** Set when the only output has a single consumer that takes it as a stream. */
  readonly stream: 'iterable' | 'asyncIterable' | undefined;
}

export interface BlockOutput {
  /** The slot of the inner plan that is collected. */
  readonly slot: number;
  /** True to collect a `PromiseSettledResult` for each item. */
  readonly settled: boolean;
  /**
   * Set when only later rounds of the fan-out take it. An item that has no value then need not fail the others:
   * `settled` when what comes of it is collected with its failures.
   */
  readonly carried: 'plain' | 'settled' | undefined;
}
