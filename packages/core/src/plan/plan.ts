/**
 * What would run for some outputs: integer slots, typed-array adjacency. Only a plan runs.
 *
 * Slots `0 … given-1` hold values given from outside (inputs, overrides, config); the others are nodes to
 * execute, in topological order.
 */
import type { AnyFunction } from '../define/definition.js';
import type { GraphNode } from '../graph/graph.js';
import type { InputObjects } from './input-objects.js';

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
  /** How to call each slot: so many values as arguments up to 4, or a {@link callStyle}. */
  readonly styles: Uint8Array;
  /** What each slot's function takes. */
  readonly shapes: readonly CallShape[];
  /** The objects that functions receive which take their inputs as one. */
  readonly inputs: InputObjects;
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

/** How to call a slot that does not simply take up to 4 values as arguments. */
export const callStyle = {
  /** Any other list of arguments. */
  arguments: 5,
  /** One object; which kind is decided at the first call. */
  object: 6,
  /** One object that shows the values of the run. */
  view: 7,
  /** One object made for the call. */
  fresh: 8,
  /** An object made for the call, and the node context. */
  objectAndContext: 9,
} as const;

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
