/** Steps that one export adds to others of its module. */
import { readProperty } from '../errors/read-property.js';
import type { CoreProblem } from '../errors/catalogue.js';
import type { DefinedModule } from '../model/define-module.js';
import type { ModifierStep } from '../model/definition.js';

/** Mutations are recognised by this global symbol, so two copies of the package understand each other. */
export const mutationKey: unique symbol = Symbol.for('flowerpower.mutation') as never;

export interface Mutation {
  /** Rises from one definition to the next: a module namespace lists its exports by name, not as written. */
  readonly position: number;
  /** The steps by the name of the export that they are for. */
  stepsIn(
    module: DefinedModule,
    name: string,
    report: (problem: CoreProblem) => void,
  ): readonly (readonly [target: string, step: ModifierStep])[];
}

/** The steps that the mutations of a module add to its exports, in the order of definition. */
export function mutationsOf(
  module: DefinedModule,
  report: (problem: CoreProblem) => void,
): ReadonlyMap<string, readonly ModifierStep[]> {
  const exported = module.exports as Readonly<Record<string, unknown>>;
  const mutations: { readonly name: string; readonly mutation: Mutation }[] = [];
  for (const name of Object.keys(exported)) {
    const value = readProperty(exported, name);
    if (isMutation(value)) mutations.push({ name, mutation: value[mutationKey] });
  }
  mutations.sort((a, b) => a.mutation.position - b.mutation.position);
  const found = new Map<string, ModifierStep[]>();
  for (const { name, mutation } of mutations) {
    for (const [target, step] of mutation.stepsIn(module, name, report)) {
      found.set(target, [...(found.get(target) ?? []), step]);
    }
  }
  return found;
}

function isMutation(value: unknown): value is { readonly [mutationKey]: Mutation } {
  return typeof value === 'object' && value !== null && mutationKey in value;
}
