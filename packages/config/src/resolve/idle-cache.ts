import { type ReadContext, warn } from '../read/context.js';
import { asMap, isNull, type MapNode } from '../tree/node.js';

/**
 * Warns of settings of a cache that stays off. A variable or a flag of one of them does not switch it on, as a map in a
 * file does: the variable may be meant for other pipelines. A file says on and off in one place, where it is seen.
 *
 * @param merged - of a configuration whose cache is off.
 */
export function warnOfIdleCache(merged: MapNode, context: ReadContext): void {
  const run = merged.entries.get('run')?.node;
  const cache = run && asMap(run)?.entries.get('cache')?.node;
  for (const [key, { node }] of (cache && asMap(cache)?.entries) ?? []) {
    const { kind } = node.origin.source;
    if (key === 'enabled' || isNull(node) || (kind !== 'set' && kind !== 'variable')) continue;
    warn(context, node.origin, {
      code: 'FP_CONFIG_NO_EFFECT',
      message: `run.cache.${key} has no effect, for the cache is off.`,
      hint: 'Add --cache, or write cache: true under run.',
    });
  }
}
