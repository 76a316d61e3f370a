import type { NodeDraft } from '../model/definition.js';
import { isExtraction } from './extraction.js';
import { isGate } from './gate.js';
import { isPassing } from './piped-edge.js';

/** Those that compute something: no parts taken out of a value, no checks, and nothing that only passes a value on. */
export function computingNodes(nodes: readonly NodeDraft[]): ReadonlySet<NodeDraft> {
  const gates = nodes.filter(isGate);
  const checking = new Set(
    gates.flatMap(({ name, parameters: [, ...results] }) => [name, ...results.map(({ node }) => node)]),
  );
  const isComputing = (node: NodeDraft) =>
    !isExtraction(node) && !checking.has(node.name) && !isPassing(node) && node.branch === undefined;
  return new Set(nodes.filter(isComputing));
}
