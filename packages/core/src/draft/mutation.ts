/** Steps that one export adds to others of its module. */
import type { CoreProblem } from '../errors/catalogue.js';
import type { DefinedModule } from '../model/define-module.js';
import type { ModifierStep } from '../model/definition.js';

/** Mutations are recognised by this global symbol, so two copies of the package understand each other. */
export const mutationKey: unique symbol = Symbol.for('flowerpower.mutation');

/** An export of a module with its value, which was read once. */
export interface ReadExport {
  readonly name: string;
  readonly value: unknown;
}

export interface Mutation {
  /** The steps that all mutations of the module add, by the name of the export that they are for. */
  readonly collect: CollectMutations;
  stepsIn(module: DefinedModule, name: string, report: (problem: CoreProblem) => void): readonly AddedStep[];
}

export type CollectMutations = (
  module: DefinedModule,
  exported: readonly ReadExport[],
  report: (problem: CoreProblem) => void,
) => ReadonlyMap<string, readonly ModifierStep[]>;

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

/** The steps that the mutations of a module add to its exports. The first one knows how; without one there are none. */
export function mutationsOf(
  module: DefinedModule,
  exported: readonly ReadExport[],
  report: (problem: CoreProblem) => void,
): ReadonlyMap<string, readonly ModifierStep[]> | undefined {
  for (const { value } of exported) {
    if (isMutation(value)) return value[mutationKey].collect(module, exported, report);
  }
  return undefined;
}

export function isMutation(value: unknown): value is { readonly [mutationKey]: Mutation } {
  return typeof value === 'object' && value !== null && mutationKey in value;
}
