import { aFunction, requireArgument, withMethods } from '@flowerpower/core';
import {
  bindLoader,
  bindSaver,
  type BuiltinFrom,
  type BuiltinTo,
  type LoaderMaker,
  type Resolve,
  type SaverMaker,
} from '@flowerpower/io';
import type { Register } from '../contract/register.js';
import type { Registry } from '../registry/create-registry.js';

/** What plugins say of one kind in {@link Register}, by type. */
type Entries<Kind extends 'loaders' | 'savers'> = Merge<
  {
    [P in keyof Register]: Register[P] extends Readonly<Record<Kind, infer Given>> ? Given : never;
  }[keyof Register]
>;

type Merge<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

/** A plugin that does not tell its options takes any. */
type OptionsOf<Entry> = [Entry] extends [object] ? Entry : Readonly<Record<string, unknown>>;

const aRegistry = withMethods('one of createRegistry', 'loader', 'saver');

/** `from` for the built-in formats and those of plugins. */
export type RegistryFrom = BuiltinFrom & {
  readonly [Type in Exclude<keyof Entries<'loaders'>, keyof BuiltinFrom>]: LoaderMaker<
    OptionsOf<Entries<'loaders'>[Type]>,
    unknown
  >;
};

/** `to` for the built-in formats and those of plugins. */
export type RegistryTo = BuiltinTo & {
  readonly [Type in Exclude<keyof Entries<'savers'>, keyof BuiltinTo>]: SaverMaker<
    OptionsOf<Entries<'savers'>[Type]>,
    unknown
  >;
};

/**
 * As `createMaterializers` of `@flowerpower/io`, with the formats of plugins: `from.x` and `to.x` for every loader and
 * saver of the registry. The types of their options come from {@link Register}; what they load and take is `unknown`,
 * so it fits every parameter.
 *
 * @param resolve - finds the filesystem of a path. Nothing is opened here.
 *
 * @example
 * ```ts
 * import { createDriver, loadNode } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { createRegistry, createRegistryMaterializers } from '@flowerpower/plugin';
 *
 * const fs = createMemoryFileSystem();
 * await fs.write('motd.txt', 'Hello');
 * const { from } = createRegistryMaterializers(createRegistry([]), (path) => ({ fs, path }));
 * const driver = createDriver({ modules: [{ motd: loadNode(from.text({ path: 'motd.txt' })) }] });
 * await driver.execute(['motd']); // { motd: 'Hello' }
 * ```
 */
export function createRegistryMaterializers(
  registry: Registry,
  resolve: Resolve,
): { readonly from: RegistryFrom; readonly to: RegistryTo } {
  requireArgument('The registry', aRegistry, registry, 'createRegistryMaterializers');
  requireArgument('resolve', aFunction, resolve, 'createRegistryMaterializers');
  const from = registry.loaders.map((type) => [type, bindLoader(registry.loader(type), resolve)] as const);
  const to = registry.savers.map((type) => [type, bindSaver(registry.saver(type), resolve)] as const);
  return {
    from: Object.fromEntries(from) as unknown as RegistryFrom,
    to: Object.fromEntries(to) as unknown as RegistryTo,
  };
}
