import { bindLoader, bindSaver } from './bind-format.js';
import type { BuiltinFrom, BuiltinTo } from './builtin-materializers.js';
import { type FilePlace, resolveOf } from './file-resources.js';
import { formatsOf, type FormatPlugin, type FromPlugins, type ToPlugins } from './plugin-formats.js';

export type MaterializersOptions<Plugins extends readonly FormatPlugin[] = readonly FormatPlugin[]> =
  | (FilePlace & {
      /** Whose loaders and savers there are besides those built in. Default none. */
      readonly plugins?: Plugins | undefined;
    })
  | { readonly plugins: Plugins; readonly fileSystem?: undefined; readonly resolve?: undefined };

export interface Materializers<Plugins extends readonly FormatPlugin[] = readonly []> {
  readonly from: BuiltinFrom & FromPlugins<Plugins>;
  readonly to: BuiltinTo & ToPlugins<Plugins>;
}

/**
 * Makes `from.csv`, `to.json` and the like, which say where data is read from and written to: for `loadFrom`,
 * `saveTo`, `loadNode` and `saveNode` of `@flowerpower/core`.
 *
 * Options are those of the format, as in YAML; each may be `source('node')`. A loader whose value does not fit the
 * parameter and a saver that does not take the node do not compile. Wrong options are reported when the graph is
 * built (`FP_IO_OPTIONS`). Nothing is opened here; the filesystem stays the caller's to close. Without a place, paths
 * lead where the driver says: see `fileResources`; `from` and `to` of this package are made that way.
 *
 * With `plugins: [plugin]` there are the formats of plugins as well, with the types of their options and values.
 *
 * @example
 * ```ts
 * import { createDriver, loadFrom, node, saveTo } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { createMaterializers } from '@flowerpower/io';
 *
 * const fileSystem = createMemoryFileSystem();
 * await fileSystem.write('sales.csv', 'region,total\nnorth,3\nsouth,4\n');
 * const { from, to } = createMaterializers({ fileSystem });
 * const m = {
 *   revenue: node(
 *     ({ sales }: { sales: { total: number }[] }) => sales.reduce((sum, { total }) => sum + total, 0),
 *     loadFrom({ sales: from.csv({ path: 'sales.csv', types: { total: 'integer' }, nullValues: [] }) }),
 *     saveTo(to.json({ path: 'revenue.json' })),
 *   ),
 * };
 * const result = await createDriver({ modules: [m] }).execute(['revenue', 'save.revenue']);
 * result.revenue; // 7
 * result['save.revenue'].bytes; // 2
 * ```
 */
export function createMaterializers<const Plugins extends readonly FormatPlugin[] = readonly []>(
  options?: MaterializersOptions<Plugins>,
): Materializers<Plugins> {
  const formats = formatsOf(options?.plugins ?? [], 'createMaterializers');
  const resolve = isBound(options) ? resolveOf(options, 'createMaterializers') : undefined;
  const from = Object.entries(formats.loaders).map(([type, loader]) => [type, bindLoader(loader, resolve)]);
  const to = Object.entries(formats.savers).map(([type, saver]) => [type, bindSaver(saver, resolve)]);
  return { from: Object.fromEntries(from), to: Object.fromEntries(to) };
}

/** Without a place paths lead where the driver says, which is what plugins alone ask for. */
function isBound(options: MaterializersOptions | undefined): options is FilePlace {
  if (options === undefined) return false;
  return options === null || options.plugins === undefined || 'fileSystem' in options || 'resolve' in options;
}

const unbound = /* @__PURE__ */ createMaterializers();

/**
 * Where data is read from: `from.csv({ path: 'sales.csv' })`, for `loadFrom` and `loadNode`. In a project's pipelines
 * paths are relative to the project, and URIs lead to the filesystems of its plugins; elsewhere see `fileResources`.
 *
 * @example
 * ```ts
 * import { createDriver, loadFrom, node } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources, from } from '@flowerpower/io';
 *
 * const fileSystem = createMemoryFileSystem();
 * await fileSystem.write('sales.csv', 'region,total\nnorth,3\nsouth,4\n');
 * const m = {
 *   regions: node(
 *     ({ sales }: { sales: { region: string }[] }) => sales.map(({ region }) => region),
 *     loadFrom({ sales: from.csv({ path: 'sales.csv' }) }),
 *   ),
 * };
 * const driver = createDriver({ modules: [m], resources: fileResources({ fileSystem }) });
 * await driver.execute(['regions']); // { regions: ['north', 'south'] }
 * ```
 */
export const from: BuiltinFrom = unbound.from;

/**
 * Where data is written to: `to.json({ path: 'total.json' })`, for `saveTo` and `saveNode`. Otherwise as {@link from}.
 *
 * @example
 * ```ts
 * import { createDriver, node, saveTo } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources, to } from '@flowerpower/io';
 *
 * const m = { total: node(() => 7, saveTo(to.json({ path: 'total.json' }))) };
 * const resources = fileResources({ fileSystem: createMemoryFileSystem() });
 * const result = await createDriver({ modules: [m], resources }).execute(['save.total']);
 * result['save.total'].bytes; // 2
 * ```
 */
export const to: BuiltinTo = unbound.to;
