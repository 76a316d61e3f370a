/** New names for the nodes of one export; edges between them follow. */
import type { NodeDraft } from '../model/definition.js';
import { asExtractionFrom } from './extraction.js';
import { leadingTo } from './targets.js';

/** @param newName - gives the new name of each node, or the old one. */
export function renameNodes(
  nodes: readonly NodeDraft[],
  newName: (node: NodeDraft) => string,
): readonly NodeDraft[] {
  const names = new Map(nodes.map((node) => [node.name, newName(node)]));
  if ([...names].every(([before, after]) => before === after)) return nodes;
  return nodes.map((node) => {
    const renamed: NodeDraft = {
      ...node,
      name: names.get(node.name)!,
      parameters: node.parameters.map((edge) => ({ ...edge, node: names.get(edge.node) ?? edge.node })),
    };
    return asExtractionFrom(renamed, renamed.parameters[0]?.node);
  });
}

/**
 * Renames the node `before`, and with it the names made from its own: `save.spend`, `spend.raw`, and those with
 * an underscore, `spend_raw`, if they lead to it.
 */
export function renameOwn(
  nodes: readonly NodeDraft[],
  before: string,
  after: string,
  otherName: (name: string) => string = (name) => name,
): readonly NodeDraft[] {
  const leading = leadingTo(nodes, before);
  return renameNodes(nodes, ({ name }) => {
    if (leading.has(name) && name.startsWith(`${before}_`)) return after + name.slice(before.length);
    const replaced = `.${name}.`.replace(`.${before}.`, () => `.${after}.`).slice(1, -1);
    return replaced === name && name !== before ? otherName(name) : replaced;
  });
}

/** `spend__uk` becomes `spend`, also in names made from it; other names keep their underscores. */
export function withoutVariant(nodes: readonly NodeDraft[]): readonly NodeDraft[] {
  const exportName = nodes[0]?.exportName ?? '';
  return renameOwn(nodes, exportName, collapsedName(exportName));
}

/** Everything from the last `__` on is the variant. */
export function collapsedName(exportName: string): string {
  const split = exportName.lastIndexOf('__');
  return split <= 0 ? exportName : exportName.slice(0, split);
}
