import type { CoreProblem } from '../errors/catalogue.js';
import type { GraphNode } from '../model/graph.js';

export function nothingToCollect(node: GraphNode, parameter: string, source: GraphNode): CoreProblem {
  const subject = source.name === parameter ? 'it' : `'${source.name}'`;
  return {
    code: 'FP_BAD_FAN_OUT',
    message: `'${node.name}' collects '${parameter}', but ${subject} runs inside no fan-out.`,
    hint: `Take '${parameter}' without collect, or mark the node that lists the items with parallelizable().`,
    places: [node, source].flatMap(({ place }) => place ?? []),
  };
}
