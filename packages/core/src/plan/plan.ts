/**
 * What would run for some outputs: integer slots, typed-array adjacency. Only a plan runs.
 *
 * Slots `0 … given-1` hold values given from outside (inputs, overrides, config); the others are nodes to
 * execute, in topological order.
 */
import type { AnyFunction } from '../define/definition.js';
import type { GraphNode } from '../graph/graph.js';

export interface Plan {
  /** The graph node of each slot. */
  readonly nodes: readonly GraphNode[];
  /** How many leading slots hold given values. */
  readonly given: number;
  /** How many slots there are. */
  readonly count: number;
  /** Where the value of a given slot comes from. */
  readonly sources: readonly ('input' | 'override' | 'config')[];
  /** The value of each config slot, undefined elsewhere. */
  readonly configValues: readonly unknown[];
  /** The function of each executed slot; index is the slot. */
  readonly fns: readonly (AnyFunction | undefined)[];
  /** How to call each slot. */
  readonly shapes: readonly CallShape[];
  /** Arguments of slot `s`: slots `args[argStart[s]] … args[argStart[s + 1] - 1]`. */
  readonly argStart: Int32Array;
  readonly args: Int32Array;
  /** Values to release once slot `s` has run: `releases[releaseStart[s]] … releases[releaseStart[s + 1] - 1]`. */
  readonly releaseStart: Int32Array;
  readonly releases: Int32Array;
  /** Requested outputs by name, in the order requested. */
  readonly outputs: readonly { readonly name: string; readonly slot: number }[];
  /** Consumers of slot `s`; made on first use by the concurrent scheduler. */
  readonly successors: () => Successors;
}

export interface Successors {
  readonly start: Int32Array;
  readonly slots: Int32Array;
}

/** How a slot's function takes its arguments. */
export interface CallShape {
  readonly style: 'object' | 'positional';
  readonly takesContext: boolean;
  /** The parameter of each argument slot. */
  readonly keys: readonly string[];
  /** Parameters bound to fixed values, undefined when there are none. */
  readonly bound: Readonly<Record<string, unknown>> | undefined;
  /** Every parameter in the order of the function, for positional calls with bound or left-out parameters. */
  readonly parameters: readonly string[];
  /** True when each argument goes to the parameter of the same index and nothing is bound, left out or added. */
  readonly plain: boolean;
}
