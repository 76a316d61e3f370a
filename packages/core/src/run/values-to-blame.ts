/**
 * Which values are to blame when a node fails because of what it was given. Another attempt helps only when those are
 * computed anew, whether they were kept or lie in a cache.
 */
import type { CoreErrorCode } from '../errors/catalogue.js';
import { isFlowerPowerError } from '../errors/flowerpower-error.js';
import { readProperty } from '../errors/read-property.js';
import type { GraphNode } from '../model/graph.js';

const codes = new Set<unknown>([
  'FP_DATA_INVALID',
  'FP_BAD_LOADED_DATA',
  'FP_MISSING_PART',
  'FP_COLUMN_MISMATCH',
  'FP_NO_BRANCH',
] satisfies CoreErrorCode[]);

/** True when an error says that a value which the node was given cannot be used. */
export function blamesValue(error: unknown): boolean {
  return isFlowerPowerError(error) && codes.has(readProperty(error, 'code'));
}

/**
 * The nodes that gave a node its values, and those that lead to them within one export: a field fails its check
 * because of its record, and the end of a pipe because of its start.
 */
export function valuesToBlame(
  { dependencies, branch }: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
): ReadonlySet<GraphNode> {
  const found = new Set<GraphNode>();
  const given =
    branch === undefined ? dependencies : dependencies.filter((edge) => edge.parameter === branch.on);
  const open = given.flatMap((edge) => nodes.get(edge.node) ?? []);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { kind, module, exportName } = next;
    if (kind === 'input' || kind === 'config' || found.has(next)) continue;
    found.add(next);
    for (const edge of next.dependencies) {
      const other = nodes.get(edge.node);
      if (other !== undefined && other.module === module && other.exportName === exportName) open.push(other);
    }
  }
  return found;
}
