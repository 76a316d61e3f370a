import type { GraphEntry } from '../graph/graph-entry.js';
import type { Scope } from '../graph/scopes.js';
import type { Plan } from './plan.js';

/** Lays out a plan whose fan-outs are plans of their own. Given by the part that knows fan-outs. */
export type PlanLevels = (request: LevelRequest) => Plan;

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
