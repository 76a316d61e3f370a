/** Marks that a parameter takes the value of another node, where a plain value would be bound instead. */
import { requireArgument } from '../errors/option-problems.js';
import { aText } from '../errors/option-rules.js';

const brand: unique symbol = Symbol.for('flowerpower.source');

export interface Source<Node extends string = string> {
  readonly [brand]: true;
  readonly node: Node;
}

/**
 * Refers to the value of a node, where a plain value would be bound as it is.
 *
 * @example
 * ```ts
 * import { createDriver, source } from '@flowerpower/core';
 *
 * const m = { double: ({ x }: { x: number }) => 2 * x };
 * const driver = createDriver({ modules: [m], params: { double: { x: source('price') } } });
 * driver.executeSync(['double'], { inputs: { price: 4 } }); // { double: 8 }
 * ```
 */
export function source<const Node extends string>(node: Node): Source<Node> {
  requireArgument('source(…): the name of the node', aText, node);
  return { [brand]: true, node };
}

export function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && brand in value;
}
