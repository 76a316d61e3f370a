/** What the nodes of random graphs compute: short texts that tell what they were made of. */
import type { RandomGraph, RandomNode } from './random-graph.js';

/** What a node gave that failed, or that needs one that did. */
export class Failure {
  readonly node: string;
  readonly path: readonly number[];

  constructor(node: string, path: readonly number[]) {
    this.node = node;
    this.path = path;
  }
}

/** The value of a node for these arguments; a list for expanders. Throws when the node fails for them. */
export function compute(graph: RandomGraph, node: RandomNode, args: readonly unknown[]): string | string[] {
  const text = JSON.stringify(args.map((arg) => arg ?? null));
  const salt = node.hasVariants ? graph.variant : '';
  const hash = hashOf(`${node.name}${salt}${text}`);
  if (node.fails === 'always' || (node.fails === 'sometimes' && hash % 2 === 0)) {
    throw new Error(`${node.name} fails`);
  }
  if (node.kind === 'choice') return `${hash % 4}`;
  const value = `${node.name}${salt}:${hash.toString(36)}`;
  if (node.kind !== 'expander') return value;
  const count = graph.mayBeEmpty ? hash % (node.maxItems + 1) : 1 + (hash % node.maxItems);
  return Array.from({ length: count }, (_, index) => `${value}#${index}`);
}

/** The side that a choice stands for. */
export function sideOf(choice: unknown, count: number): number {
  const side = Number(choice);
  return Number.isInteger(side) && side < count - 1 ? side : count - 1;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash >>> 3;
}
