/** Steps that one export adds to others of its module. */
import type { CoreProblem } from '../errors/catalogue.js';
import type { ModuleOptions } from '../model/define-module.js';
import type { ModifierStep, NodeDraft } from '../model/definition.js';

/** Mutations are recognised by this global symbol, so two copies of the package understand each other. */
export const mutationKey: unique symbol = Symbol.for('flowerpower.mutation');

/** An export of a module with its value, which was read once. */
export interface ReadExport {
  readonly name: string;
  readonly value: unknown;
}

export interface Mutation {
  /** Adds to the node of an export the steps of all mutations of the module that are for it. */
  readonly collect: CollectMutations;
  stepsIn(
    module: ModuleOptions<object>,
    name: string,
    report: (problem: CoreProblem) => void,
  ): readonly AddedStep[];
}

export type CollectMutations = (
  module: ModuleOptions<object>,
  exported: readonly ReadExport[],
  report: (problem: CoreProblem) => void,
) => (node: NodeDraft) => NodeDraft;

export interface AddedStep {
  /** The name of the export that it is for. */
  readonly target: string;
  readonly step: ModifierStep;
  /**
   * How many mutations of the same export were defined before: a module namespace lists its exports by name, not as
   * written.
   */
  readonly rank: number;
}

/** What the mutations of a module make of the nodes of its exports. The first one knows how; without one there are none. */
export function mutationsOf(
  module: ModuleOptions<object>,
  exported: readonly ReadExport[],
  report: (problem: CoreProblem) => void,
): ReturnType<CollectMutations> | undefined {
  for (const { value } of exported) {
    if (isMutation(value)) return value[mutationKey].collect(module, exported, report);
  }
  return undefined;
}

export function isMutation(value: unknown): value is { readonly [mutationKey]: Mutation } {
  return typeof value === 'object' && value !== null && mutationKey in value;
}
