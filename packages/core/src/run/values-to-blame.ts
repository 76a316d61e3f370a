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
 * The nodes that gave some nodes their values, and those that lead to them within one export: a field fails its check
 * because of its record, and the end of a pipe because of its start.
 */
export function valuesToBlame(
  failed: Iterable<GraphNode>,
  nodes: ReadonlyMap<string, GraphNode>,
): ReadonlySet<GraphNode> {
  const found = new Set<GraphNode>();
  const open: GraphNode[] = [];
  const look = (name: string, isLed: (other: GraphNode) => boolean = () => true) => {
    const other = nodes.get(name);
    if (other === undefined || other.kind === 'input' || other.kind === 'config') return;
    if (!found.has(other) && isLed(other)) open.push(other);
  };
  for (const { dependencies, branch } of failed) {
    for (const edge of dependencies)
      if (branch === undefined || edge.parameter === branch.on) look(edge.node);
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, exportName, dependencies } = next;
    if (found.has(next)) continue;
    found.add(next);
    for (const edge of dependencies)
      look(edge.node, (other) => other.module === module && other.exportName === exportName);
  }
  return found;
}
