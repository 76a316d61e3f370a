import { isObject } from '../model/is-object.js';
import type { GraphNode } from '../model/graph.js';
import type { Frame } from '../run/frame.js';
import { Withheld } from './withheld.js';

/**
 * The nodes of a frame that shall choose a side of a branch and whose values are withheld: what stands for a choice takes
 * no side, so that none of them begins.
 */
export class WithheldChoices extends Map<GraphNode, unknown> {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    super();
    this.#frame = frame;
  }

  override has(node: GraphNode): boolean {
    return isObject(this.get(node));
  }

  override get(node: GraphNode): unknown {
    const { plan, values } = this.#frame;
    for (const branch of plan.branches ?? []) {
      const choice = plan.args[plan.argStart[branch]!]!;
      if (plan.nodes[choice] === node && values[choice] instanceof Withheld) return values[choice];
    }
    return undefined;
  }
}
