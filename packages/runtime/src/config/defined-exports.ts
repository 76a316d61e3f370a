import type { DefinedModule } from '@flowerpower/core';

/** The mark that `defineModule` of `@flowerpower/core` leaves; the same for every copy of that package. */
const brand: unique symbol = Symbol.for('flowerpower.module');

/** What a module exports, whether it is a plain namespace or made by `defineModule`. */
export function exportsOf(module: object): Readonly<Record<string, unknown>> {
  return (brand in module ? (module as unknown as DefinedModule).exports : module) as Readonly<
    Record<string, unknown>
  >;
}
