/** Where the paths of loaders lead, as the cache compares it. */
import type { Resolve } from './file-resources.js';

/** The same for every copy of this package. */
const key: unique symbol = Symbol.for('flowerpower.location');

type Located = Resolve & { readonly [key]?: () => unknown };

/**
 * A rule for paths that says where they lead, so that a cache can keep what is loaded through it. What a loader reads by a
 * rule that does not say so is never taken from a cache.
 *
 * @param where - gives plain data: equal for two rules only where both find the same file under every path.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { createMaterializers, withLocation } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * const resolve = withLocation((path) => ({ fs, path: `sales/${path}` }), () => fs.uri('sales'));
 * export const { from, to } = createMaterializers({ resolve });
 * ```
 */
export function withLocation(resolve: Resolve, where: () => unknown): Resolve {
  const located: Resolve = (...asked) => resolve(...asked);
  return Object.assign(located, { [key]: where });
}

/** What a rule says of where it leads; the rule itself, which nothing can be compared with, where it does not say. */
export function locationOf(resolve: Located): unknown {
  try {
    return resolve[key]?.() ?? resolve;
  } catch {
    return resolve;
  }
}
