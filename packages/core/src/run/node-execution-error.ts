import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { Plan } from '../plan/plan.js';

/**
 * A node threw or rejected. `cause` is the original error, untouched; `places` is where the node is written;
 * `inputs` describes the shape of what it received, never the values of texts.
 */
export class NodeExecutionError extends FlowerPowerError {
  /** The name of the node. */
  readonly node: string;
  /** The shape of each input by parameter, for example `spend: Array(6)`. */
  readonly inputs: Readonly<Record<string, string>>;

  constructor(plan: Plan, slot: number, values: readonly unknown[], cause: unknown) {
    const node = plan.nodes[slot]!;
    const inputs = describeInputs(plan, slot, values);
    super({
      code: 'FP_NODE_FAILED',
      message: `The node '${node.name}' failed: ${reasonOf(cause)}`,
      places: node.place ? [node.place] : [],
      context: { node: node.name, inputs },
      cause,
    });
    this.node = node.name;
    this.inputs = inputs;
  }
}

function describeInputs(plan: Plan, slot: number, values: readonly unknown[]): Record<string, string> {
  const start = plan.argStart[slot]!;
  const keys = plan.shapes[slot]!.keys;
  return Object.fromEntries(keys.map((key, edge) => [key, describeValue(values[plan.args[start + edge]!])]));
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
