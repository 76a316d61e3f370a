import type { DefinedModule } from '@flowerpower/core';

/** The mark that `defineModule` of `@flowerpower/core` leaves; the same for every copy of that package. */
const brand: unique symbol = Symbol.for('flowerpower.module');

/** What stands for the text of a module and of all that it imports from the project, where that is known. */
export function codeVersionOf(module: object): string | undefined {
  return brand in module ? (module as unknown as DefinedModule).codeVersion : undefined;
}

/** What a module exports, whether it is a plain namespace or made by `defineModule`. */
export function exportsOf(module: object): Readonly<Record<string, unknown>> {
  return (brand in module ? (module as unknown as DefinedModule).exports : module) as Readonly<
    Record<string, unknown>
  >;
}
