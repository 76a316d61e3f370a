import { FlowerPowerError, isFlowerPowerError } from '../errors/flowerpower-error.js';
import type { GraphNode } from '../model/graph.js';

/**
 * A node threw or rejected. `cause` is the original error, untouched; `places` is where the node is written;
 * `inputs` describes the shape of what it received, never the values of texts.
 */
export class NodeExecutionError extends FlowerPowerError {
  /** The name of the node. */
  readonly node: string;
  /** The shape of each input by parameter, for example `spend: Array(6)`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[] | undefined;

  constructor({ node, inputs, item, cause, doing }: NodeFailure) {
    const shapes = Object.fromEntries(inputs.map(([key, value]) => [key, describeValue(value)]));
    const of = item === undefined ? '' : ` for item ${item.join('.')}`;
    super({
      code: 'FP_NODE_FAILED',
      message: `The node '${node.name}' failed${of}${doing === undefined ? '' : ` ${doing}`}: ${reasonOf(cause)}`,
      hint: isFlowerPowerError(cause) ? cause.hint : undefined,
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
  readonly doing?: string;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message === '' ? cause.name : cause.message;
  return `it threw ${describeValue(cause)}`;
}

/** Shape, not content: error messages end up in logs, and texts may be secret. */
function describeValue(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `string(${value.length})`;
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return `Array(${value.length})`;
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor
    ?.name;
  if (name !== undefined && name !== 'Object') return name;
  const keys = Object.keys(value);
  return `{ ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''} }`;
}
