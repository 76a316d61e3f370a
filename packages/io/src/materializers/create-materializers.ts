import type { FileSystem } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers } from '../builtins.js';
import type { Loader, Saver } from '../contract/io.js';
import { bindLoader, bindSaver, type Resolve } from './bind-format.js';
import type { BuiltinFrom, BuiltinTo } from './builtin-materializers.js';

/** Where paths lead: all of them to one filesystem, or each to the one that `resolve` finds. */
export type MaterializersOptions =
  | { readonly fileSystem: FileSystem; readonly resolve?: undefined }
  | { readonly resolve: Resolve; readonly fileSystem?: undefined };

export interface Materializers {
  readonly from: BuiltinFrom;
  readonly to: BuiltinTo;
}

/**
 * Makes `from.csv`, `to.json` and the like, which say where data is read from and written to: for `loadFrom`,
 * `saveTo`, `loadNode` and `saveNode` of `@flowerpower/core`.
 *
 * Options are those of the format, as in YAML; each may be `source('node')`. A loader whose value does not fit the
 * parameter and a saver that does not take the node do not compile. Wrong options are reported when the graph is
 * built (`FP_IO_OPTIONS`). Nothing is opened here; the filesystem stays the caller's to close.
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
 *     loadFrom({ sales: from.csv({ path: 'sales.csv', types: { total: 'integer' } }) }),
 *     saveTo(to.json({ path: 'revenue.json' })),
 *   ),
 * };
 * const result = await createDriver({ modules: [m] }).execute(['revenue', 'save.revenue']);
 * result.revenue; // 7
 * result['save.revenue'].bytes; // 2
 * ```
 */
export function createMaterializers(options: MaterializersOptions): Materializers {
  const { fileSystem } = options;
  const resolve: Resolve = fileSystem === undefined ? options.resolve : (path) => ({ fs: fileSystem, path });
  const from = Object.entries(builtinLoaders).map(
    ([type, loader]) => [type, bindLoader(loader as Loader<unknown, unknown>, resolve)] as const,
  );
  const to = Object.entries(builtinSavers).map(
    ([type, saver]) => [type, bindSaver(saver as Saver<unknown>, resolve)] as const,
  );
  return { from: Object.fromEntries(from) as never, to: Object.fromEntries(to) as never };
}
