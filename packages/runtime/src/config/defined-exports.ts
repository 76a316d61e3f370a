import type { DefinedModule } from '@flowerpower/core';

/** The mark that `defineModule` of `@flowerpower/core` leaves; the same for every copy of that package. */
const brand: unique symbol = Symbol.for('flowerpower.module');

/** What stands for the code of an export and of all that it reaches, where that is known. */
export function codeVersionOf(module: object, exportName: string): string | undefined {
  if (!(brand in module)) return undefined;
  const { codeVersion, codeVersions = {} } = module as unknown as DefinedModule;
  return Object.hasOwn(codeVersions, exportName) ? codeVersions[exportName] : codeVersion;
}

/** What a module exports, whether it is a plain namespace or made by `defineModule`. */
export function exportsOf(module: object): Readonly<Record<string, unknown>> {
  return (brand in module ? (module as unknown as DefinedModule).exports : module) as Readonly<
    Record<string, unknown>
  >;
}
