/** The part of a graph that a request needs, as far as fan-outs are concerned. */

import type { Scope } from '../../graph/scopes.js';
import type { LevelRequest } from '../../plan/level-request.js';

export interface Selection extends Pick<LevelRequest, 'entries' | 'scopes' | 'executed' | 'readers'> {
  /** True for values that come from outside: inputs, config values, overrides. */
  isGiven(position: number): boolean;
  isExpander(position: number): boolean;
  /** The fan-outs that a plain use of the value is inside of. */
  itemScope(position: number): Scope;
  /** Position of the source of an edge, or -1 where an optional edge is left out. */
  sourceOf(position: number, edge: number): number;
  /** Edges that are not left out. */
  edgesOf(position: number): readonly number[];
  /** The fan-out that an edge leads out of, if any. */
  leftBehind(position: number, edge: number): number | undefined;
}

export function createSelection({ entries, scopes, given, executed, readers }: LevelRequest): Selection {
  const givenOnes = new Set(given);
  const present = new Set([...given, ...executed]);
  const isGiven = (position: number) => givenOnes.has(position);
  const isExpander = (position: number) => entries[position]!.node.fanOut !== undefined;
  const itemScope = (position: number) =>
    isExpander(position) ? [...scopes[position]!, position] : scopes[position]!;
  const sourceOf = (position: number, edge: number) => {
    const { node, dependencies } = entries[position]!;
    const source = dependencies[edge]!;
    return node.dependencies[edge]!.optional && !present.has(source) ? -1 : source;
  };
  return {
    entries,
    scopes,
    executed,
    readers,
    isGiven,
    isExpander,
    itemScope,
    sourceOf,
    edgesOf: (position) =>
      [...entries[position]!.dependencies.keys()].filter((edge) => sourceOf(position, edge) !== -1),
    leftBehind(position, edge) {
      const source = sourceOf(position, edge);
      if (entries[position]!.node.dependencies[edge]!.collect === undefined) return undefined;
      // The values of an override come from outside, one for each item.
      return isGiven(source) && !isExpander(source) ? undefined : itemScope(source).at(-1);
    },
  };
}
