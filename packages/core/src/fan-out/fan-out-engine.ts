/** What the graph and the planner call when something fans out. */
import type { CoreProblem } from '../errors/catalogue.js';
import type { GraphEntry } from '../graph/graph-entry.js';
import type { Plan } from '../plan/plan.js';

/** The expanders around a node, the outermost first, as positions in the topological order. */
export type Scope = readonly number[];

export interface FanOutEngine {
  /** @param entries - in topological order. */
  findScopes(entries: readonly Pick<GraphEntry, 'node' | 'dependencies'>[]): {
    readonly scopes: readonly Scope[];
    readonly problems: readonly CoreProblem[];
  };
  planLevels(request: LevelRequest): Plan;
}

/** The part of a graph to lay out. */
export interface LevelRequest {
  readonly entries: readonly GraphEntry[];
  readonly scopes: readonly Scope[];
  /** Positions of the entries to execute, in topological order. */
  readonly executed: readonly number[];
  readonly outputs: readonly { readonly name: string; readonly entry: number }[];
  /** True for values that come from outside: inputs, config values, overrides. */
  readonly isGiven: (position: number) => boolean;
  /** True for an optional edge whose input nobody gives. */
  readonly isLeftOut: (position: number, edge: number) => boolean;
  readonly sourceOf: SourceOf;
}

/** Where a given value of the run comes from. */
export type SourceOf = (position: number) => {
  readonly source: Plan['sources'][number];
  readonly value: unknown;
};

/** The fan-outs of a validated graph. */
export interface GraphFanOut {
  readonly scopes: readonly Scope[];
  readonly engine: FanOutEngine;
}
