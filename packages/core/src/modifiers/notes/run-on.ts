import { type NodeDefinition, withStep } from '../../model/definition.js';
import { aText } from '../../errors/option-rules.js';
import { argumentProblems, checkedStep } from '../../draft/checked-step.js';
import { computingNodes } from '../../draft/computing-nodes.js';

/**
 * Says where the function of a node runs: on the executor that the driver has under this name. Without it, and with
 * `'local'`, the function is simply called.
 *
 * Holds for every node that calls the function; what modifiers put beside it, such as checks and fields, stays
 * local. The cache, adapters and retries stand around the executor, whose promise the run waits for like that of
 * any node. A name that the driver does not know is a problem `FP_UNKNOWN_NODE_EXECUTOR` of the build,
 * what is not a name `FP_BAD_MODIFIER`.
 *
 * @example
 * ```ts
 * import { createDriver, node, runOn } from '@flowerpower/core';
 *
 * const calls: string[] = [];
 * const noted = { execute: (task: { node: { name: string }; call(): unknown }) => (calls.push(task.node.name), task.call()) };
 * const m = { heavy: node(({ x }: { x: number }) => x * x, runOn('pool')) };
 * createDriver({ modules: [m], executors: { pool: noted } }).executeSync(['heavy'], { inputs: { x: 3 } }); // { heavy: 9 }
 * calls; // ['heavy']
 * ```
 */
export function runOn(executor: string) {
  const step = checkedStep(() => argumentProblems('The executor', aText, executor), {
    name: 'runOn',
    apply(nodes) {
      const computing = computingNodes(nodes);
      return nodes.map((node) => (computing.has(node) ? { ...node, executor } : node));
    },
  });
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> => withStep(definition, step);
}
