/** Functions that a module exports for others are taken for nodes. */
import type { Graph } from '@flowerpower/core';

/**
 * The ways out where all that wants a value are functions that no other one uses, that take nothing from a node, and that
 * nobody asked for. Undefined elsewhere.
 *
 * @param users - the nodes that want it.
 * @param asked - the outputs that somebody named.
 */
export function helperHint(
  { nodes, leaves }: Graph,
  users: readonly string[],
  asked: readonly string[],
): string | undefined {
  const mayBeHelper = (name: string) => {
    const user = nodes.get(name);
    return (
      user?.kind === 'function' &&
      leaves.includes(name) &&
      !asked.includes(name) &&
      user.dependencies.every(({ node }) => nodes.get(node)?.kind === 'input')
    );
  };
  if (users.length === 0 || !users.every(mayBeHelper)) return undefined;
  const names = users.map((user) => `'${user}'`).join(', ');
  const are = users.length === 1 ? 'is a helper and no node' : 'are helpers and no nodes';
  return `If ${names} ${are}: do not export it, begin its name with '_', wrap it in exclude(), or name the nodes that you want under run.finalVars.`;
}
