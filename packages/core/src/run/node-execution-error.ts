import { FlowerPowerError, isFlowerPowerError } from '../errors/flowerpower-error.js';
import { shorten } from '../errors/shorten.js';
import { shapeOf } from '../errors/shape-of.js';
import { readProperty } from '../errors/read-property.js';
import { messageOf } from '../errors/message-of.js';
import { isError } from '../errors/is-error.js';
import type { GraphNode } from '../model/graph.js';

/**
 * A node threw or rejected. `cause` is the original error, untouched; `places` is where the node is written;
 * `inputs` describes the shape of what it received, never the values of texts.
 */
export class NodeExecutionError extends FlowerPowerError {
  override readonly name = 'NodeExecutionError';
  /** The name of the node. */
  readonly node: string;
  /** The shape of each input by parameter, for example `spend: Array(6)`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[] | undefined;

  constructor({ node, inputs, item, cause, doing }: NodeFailure) {
    const shapes = Object.fromEntries(inputs.map(([key, value]) => [key, shapeOf(value)]));
    const of = item === undefined ? '' : ` for item ${item.join('.')}`;
    super({
      code: 'FP_NODE_FAILED',
      message: `The node '${node.name}' failed${of}${doing === undefined ? '' : ` ${doing}`}: ${reasonOf(cause)}`,
      hint: hintOf(cause),
      places: node.place ? [node.place] : [],
      context: { node: node.name, inputs: shapes, ...(item === undefined ? {} : { item }) },
      cause,
    });
    this.node = node.name;
    this.inputs = shapes;
    this.item = item;
  }
}

interface NodeFailure {
  readonly node: GraphNode;
  readonly inputs: readonly (readonly [parameter: string, value: unknown])[];
  readonly item: readonly number[] | undefined;
  readonly cause: unknown;
  /** What it did when it failed, if not its call. */
  readonly doing?: string | undefined;
}

function reasonOf(cause: unknown): string {
  if (isError(cause)) return messageOf(cause);
  return `it threw ${typeof cause === 'string' ? JSON.stringify(shorten(cause, 1000)) : shapeOf(cause)}`;
}

function hintOf(cause: unknown): string | undefined {
  const hint = isFlowerPowerError(cause) ? readProperty(cause, 'hint') : undefined;
  return typeof hint === 'string' ? hint : undefined;
}
