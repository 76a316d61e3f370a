import type { Attributes } from '@opentelemetry/api';
import type { GraphNode } from '@flowerpower/core';
import { attributes } from './names.js';

/** What the graph says of a node. */
export function graphAttributes(name: string, node: GraphNode | undefined): Attributes {
  const tags = Object.entries(node?.tags ?? {}).flatMap(([key, value]) =>
    [value].flat().map((each) => `${key}=${each}`),
  );
  return {
    [attributes.node]: name,
    ...(node !== undefined && { [attributes.nodeKind]: kindOf(node) }),
    ...(tags.length > 0 && { [attributes.nodeTags]: tags }),
    ...(node?.exportName !== undefined && { [attributes.functionName]: node.exportName }),
    ...(node?.place?.file !== undefined && { [attributes.filePath]: node.place.file }),
    ...(node?.place?.line !== undefined && { [attributes.lineNumber]: node.place.line }),
  };
}

function kindOf({ kind, fanOut }: GraphNode): string {
  if (kind === 'loader') return 'load';
  if (kind === 'saver') return 'save';
  return fanOut === undefined ? 'fn' : 'map';
}
