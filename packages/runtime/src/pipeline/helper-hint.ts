/** What else may be meant where an input is missing: a function that is no node, or the braces that were forgotten. */
import type { Graph } from '@flowerpower/core';

/**
 * For a function that takes all its inputs as one value, because the braces around them were forgotten. Undefined where
 * none of the nodes that want it takes it alone and by position, or where its type has no parts.
 */
export function destructureHint(
  { nodes }: Graph,
  users: readonly string[],
  input: string,
): string | undefined {
  const takers = users.map((user) => nodes.get(user));
  const taker = takers.find((node) => node?.style === 'positional' && node.dependencies.length === 1);
  const type = taker?.dependencies[0]!.type?.replace(/\s+/g, ' ');
  if (taker === undefined || (type !== undefined && !mayHaveFields(type))) return undefined;
  const annotation = type === undefined ? '' : `: ${type}`;
  return `If '${input}' stands for all that '${taker.name}' takes, destructure it: ({ a, b }${annotation}) => …`;
}

/** Of an annotation: a literal of an object, or the name of a type of one's own. */
function mayHaveFields(type: string): boolean {
  return type.startsWith('{') || /^[A-Z][\w.]*(?:<.*>)?$/.test(type);
}

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
