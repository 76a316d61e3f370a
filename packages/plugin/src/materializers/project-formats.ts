/** `from` and `to` with the formats of the plugins that a project names. */
import { FlowerPowerError, readProperty } from '@flowerpower/core';
import {
  type BuiltinFrom,
  type BuiltinTo,
  from as builtinFrom,
  loaderMaker,
  saverMaker,
  to as builtinTo,
} from '@flowerpower/io';
import type { Plugin } from '../contract/plugin.js';
import type { RegisteredLoaders, RegisteredSavers } from '../contract/register.js';
import type { PluginErrorCode } from '../errors/catalogue.js';
import { createRegistry, type Registry } from '../registry/create-registry.js';

/** `from` for the built-in formats and those of registered plugins. */
export type ProjectFrom = BuiltinFrom & Omit<RegisteredLoaders, keyof BuiltinFrom>;

/** `to` for the built-in formats and those of registered plugins. */
export type ProjectTo = BuiltinTo & Omit<RegisteredSavers, keyof BuiltinTo>;

/** The same for every copy of this package. */
const key = 'flowerpower.registry';

/**
 * What a driver needs to be given so that `from` and `to` find the formats of plugins. In the pipelines of a project this
 * is done already.
 *
 * @param plugins - or the registry in which they are collected.
 * @throws FlowerPowerError as `createRegistry`.
 *
 * @example
 * ```ts
 * import { createDriver } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources } from '@flowerpower/io';
 * import { type Plugin, pluginResources } from '@flowerpower/plugin';
 *
 * export const driverWith = (plugins: readonly Plugin[], module: object) =>
 *   createDriver({
 *     modules: [module],
 *     resources: { ...fileResources({ fileSystem: createMemoryFileSystem() }), ...pluginResources(plugins) },
 *   });
 * ```
 */
export function pluginResources(plugins: readonly Plugin[] | Registry): Readonly<Record<string, unknown>> {
  return { [key]: isRegistry(plugins) ? plugins : createRegistry(plugins) };
}

/**
 * Where data is read from: as `from` of `@flowerpower/io`, and with the loaders of the plugins that a project names:
 * `from.fixedWidth({ path: 'a.dat' })`. TypeScript knows those that {@link Register} tells of.
 *
 * A plugin is looked for when the graph is built: without it that fails with `FP_UNKNOWN_LOADER`.
 *
 * @example
 * ```ts
 * import { createDriver, loadNode } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources } from '@flowerpower/io';
 * import { from } from '@flowerpower/plugin';
 *
 * const fileSystem = createMemoryFileSystem();
 * await fileSystem.write('motd.txt', 'Hello');
 * const m = { motd: loadNode(from.text({ path: 'motd.txt' })) };
 * const driver = createDriver({ modules: [m], resources: fileResources({ fileSystem }) });
 * await driver.execute(['motd']); // { motd: 'Hello' }
 * ```
 */
export const from = /* @__PURE__ */ withPlugins(builtinFrom, (type) =>
  loaderMaker(type, (resources) => registryOf(resources, 'FP_UNKNOWN_LOADER', type).loader(type)),
) as ProjectFrom;

/**
 * Where data is written to, with the savers of the plugins that a project names. Otherwise as {@link from}; without the
 * plugin building a graph fails with `FP_UNKNOWN_SAVER`.
 *
 * @example
 * ```ts
 * import { createDriver, node, saveTo } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources } from '@flowerpower/io';
 * import { to } from '@flowerpower/plugin';
 *
 * const m = { total: node(() => 7, saveTo(to.json({ path: 'total.json' }))) };
 * const resources = fileResources({ fileSystem: createMemoryFileSystem() });
 * const result = await createDriver({ modules: [m], resources }).execute(['save.total']);
 * result['save.total'].bytes; // 2
 * ```
 */
export const to = /* @__PURE__ */ withPlugins(builtinTo, (type) =>
  saverMaker(type, (resources) => registryOf(resources, 'FP_UNKNOWN_SAVER', type).saver(type)),
) as ProjectTo;

/**
 * Which plugins there are is known only when a graph is built, so until then every other name is that of a format; but for
 * `then` and `toJSON`, which any object may be asked for.
 */
function withPlugins(builtin: object, make: (type: string) => unknown): unknown {
  return new Proxy(builtin, {
    get: (formats, name) =>
      typeof name === 'symbol' || name in formats || name === 'then' || name === 'toJSON'
        ? Reflect.get(formats, name)
        : make(name),
  });
}

function registryOf(
  resources: Readonly<Record<string, unknown>> | undefined,
  code: PluginErrorCode,
  type: string,
): Registry {
  const registry = resources?.[key];
  if (isRegistry(registry)) return registry;
  throw new FlowerPowerError({
    code,
    message: `'${type}' is not built in, and nothing says which plugins there are.`,
    hint: 'Give createDriver({ resources: pluginResources([plugin]) }), or take from and to of createMaterializers({ plugins: [plugin] }).',
  });
}

function isRegistry(value: unknown): value is Registry {
  return ['loader', 'saver'].every((method) => typeof readProperty(value, method) === 'function');
}
