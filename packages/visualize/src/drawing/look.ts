/** How nodes look: by what they do in the graph. */
import type { Graph, GraphNode, NodeKind } from '@flowerpower/core';

/**
 * - `branch`: takes the value of one of its inputs.
 * - `check`: looks at a value for `checkOutput`.
 * - `unchecked`: a value as computed, before its checks let it pass.
 */
export type NodeLook = NodeKind | 'branch' | 'check' | 'unchecked';

/** The look of each node of the graph. */
export function findLooks({ nodes }: Graph): ReadonlyMap<string, NodeLook> {
  const looks = new Map<string, NodeLook>();
  for (const node of nodes.values()) {
    looks.set(node.name, node.branch === undefined ? node.kind : 'branch');
    const [raw, ...others] = node.dependencies.map(({ node: name }) => nodes.get(name));
    if (raw === undefined) continue;
    const checks = others.flatMap((other) => (other && isCheck(other, raw, node) ? [other.name] : []));
    for (const name of checks) looks.set(name, 'check');
    if (checks.length > 0 && looks.get(raw.name) === 'function') looks.set(raw.name, 'unchecked');
  }
  return looks;
}

/** The nodes that `checkOutput` makes of an export: the raw value, the checks that take it, and what takes both. */
function isCheck(node: GraphNode, raw: GraphNode, gate: GraphNode): boolean {
  const sameExport = [raw, gate].every(
    ({ module, exportName }) => module === node.module && exportName === node.exportName,
  );
  const [only, ...others] = node.dependencies;
  return (
    node.derived === true &&
    gate.derived === true &&
    node.type === 'ValidationResult' &&
    only?.node === raw.name &&
    others.length === 0 &&
    sameExport
  );
}
