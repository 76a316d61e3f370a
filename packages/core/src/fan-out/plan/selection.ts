/** The part of a graph that a request needs, as far as fan-outs are concerned. */

import type { GraphEntry } from '../../graph/validate-graph.js';
import type { LevelRequest, Scope } from '../fan-out-engine.js';

export interface Selection {
  readonly entries: readonly GraphEntry[];
  readonly scopes: readonly Scope[];
  /** Positions of the entries to execute, in topological order. */
  readonly executed: readonly number[];
  /** True for values that come from outside: inputs, config values, overrides. */
  isGiven(position: number): boolean;
  isExpander(position: number): boolean;
  /** The fan-outs that a plain use of the value is inside of. */
  itemScope(position: number): Scope;
  /** Position of the source of an edge, or -1 where an optional edge is left out. */
  sourceOf(position: number, edge: number): number;
  sourcesOf(position: number): readonly number[];
  /** The fan-outs that an edge from one entry to another leads out of. */
  leftBehind(source: number, target: number): readonly number[];
}

export function createSelection(options: LevelRequest): Selection {
  const { entries, scopes, executed, isGiven, isLeftOut } = options;
  const isExpander = (position: number) => entries[position]!.node.fanOut !== undefined;
  const itemScope = (position: number) =>
    isExpander(position) ? [...scopes[position]!, position] : scopes[position]!;
  const sourceOf = (position: number, edge: number) =>
    isLeftOut(position, edge) ? -1 : entries[position]!.dependencies[edge]!;
  return {
    entries,
    scopes,
    executed,
    isGiven,
    isExpander,
    itemScope,
    sourceOf,
    sourcesOf: (position) =>
      entries[position]!.dependencies.filter((_, edge) => sourceOf(position, edge) !== -1),
    leftBehind(source, target) {
      // The values of an override come from outside, one for each item.
      if (isGiven(source) && !isExpander(source)) return [];
      return itemScope(source).slice(scopes[target]!.length);
    },
  };
}
