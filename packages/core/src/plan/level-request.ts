import type { GraphEntry } from '../graph/graph-entry.js';
import type { Scope } from '../graph/scopes.js';
import type { Plan } from './plan.js';
import type { Readers } from './readers.js';

/** Lays out a plan whose fan-outs are plans of their own. Given by the part that knows fan-outs. */
export type PlanLevels = (request: LevelRequest) => Plan;

/** The part of a graph to lay out. */
export interface LayOutRequest {
  readonly entries: readonly GraphEntry[];
  /** Positions of the entries whose values come from outside, inputs, config values and overrides, in topological order. */
  readonly given: readonly number[];
  /** Positions of the entries to execute, in topological order. */
  readonly executed: readonly number[];
  readonly outputs: readonly { readonly name: string; readonly entry: number }[];
  readonly sourceOf: SourceOf;
  readonly readers: Readers | undefined;
}

export interface LevelRequest extends LayOutRequest {
  readonly scopes: readonly Scope[];
}

/** Where a given value of the run comes from. */
export type SourceOf = (position: number) => {
  readonly source: Plan['sources'][number];
  readonly value: unknown;
};
