/** Numbers the slots of a plan one after the other; given values come first, arguments before their consumers. */
import type { Readers } from './readers.js';
import { isEmpty } from '../model/is-empty.js';
import type { AnyFunction, NodeDraft } from '../model/definition.js';
import type { Branch, GraphNode } from '../model/graph.js';
import type { GraphEntry } from '../graph/graph-entry.js';
import { lazySuccessors, releasesAfter } from './adjacency.js';
import { type CallShape, callStyle } from './call-shape.js';
import type { Plan } from './plan.js';

/** The slot of the value that an edge takes; -1 where an optional edge is left out. */
type SlotOfEdge = (edge: number) => number;

/** What is said of the slots that no user sees. */
type InnerSlots = Pick<Plan, 'blocks' | 'standsFor' | 'waitsForItems'>;

export interface PlanBuilder {
  addGiven(node: GraphNode | undefined, source: Plan['sources'][number], configValue: unknown): number;
  addNode(entry: GraphEntry, slotOfEdge: SlotOfEdge): number;
  /** A slot that no user sees. */
  addInner(fn: AnyFunction | undefined, args: readonly number[], style: number): number;
  build(outputs: Plan['outputs'], planned: readonly GraphNode[], inner?: InnerSlots): Plan;
}

/** @param readers - absent where nobody looks at what is read twice. */
export function createPlanBuilder(readers: Readers | undefined): PlanBuilder {
  const nodes: (GraphNode | undefined)[] = [];
  const sources: Plan['sources'][number][] = [];
  const configValues: unknown[] = [];
  const fns: (AnyFunction | undefined)[] = [];
  const shapes: CallShape[] = [];
  const styles: number[] = [];
  const argStart: number[] = [];
  const args: number[] = [];
  let branches: Set<number> | undefined;

  const add = (node: GraphNode | undefined, fn: AnyFunction | undefined, shape: CallShape, style: number) => {
    fns.push(fn);
    shapes.push(shape);
    styles.push(style);
    return nodes.push(node) - 1;
  };
  return {
    addGiven(node, source, configValue) {
      argStart.push(0);
      sources.push(source);
      configValues.push(configValue);
      return add(node, undefined, noShape, 0);
    },
    addNode({ node, draft }, slotOfEdge) {
      argStart.push(args.length);
      const keys: string[] = [];
      const { dependencies } = node;
      for (let edge = 0; edge < dependencies.length; edge++) {
        const slot = slotOfEdge(edge);
        if (slot === -1) continue;
        keys.push(dependencies[edge]!.parameter);
        args.push(slot);
      }
      const shape = shapeOf(draft!, keys);
      const chooses = node.branch !== undefined && choosesAmong(node.branch, keys);
      const added = add(node, draft!.fn, shape, chooses ? callStyle.branch : styleOf(shape));
      if (chooses) (branches ??= new Set()).add(added);
      return added;
    },
    addInner(fn, innerArgs, style) {
      argStart.push(args.length);
      for (const slot of innerArgs) args.push(slot);
      return add(undefined, fn, noShape, style);
    },
    build(outputs, planned, { blocks, standsFor, waitsForItems } = noInnerSlots) {
      const count = nodes.length;
      const given = sources.length;
      argStart.push(args.length);
      const starts = Int32Array.from(argStart);
      const argSlots = Int32Array.from(args);
      const argsOfSlots = { argStart: starts, args: argSlots };
      const edges = { nodes, given, count, ...argsOfSlots, outputs, blocks, fns, branches, sources };
      return {
        ...edges,
        shared: readers?.sharedSlots(edges),
        configValues,
        styles: Uint8Array.from(styles),
        shapes,
        ...releasesAfter(count, given, starts, argSlots, outputs),
        successors: lazySuccessors(count, starts, argSlots),
        planned,
        standsFor,
        waitsForItems,
      };
    },
  };
}

function shapeOf({ style, takesContext, bound, parameters }: NodeDraft, keys: readonly string[]): CallShape {
  const plain = !takesContext && keys.length === parameters.length;
  return {
    style,
    takesContext,
    keys,
    bound: isEmpty(bound) ? undefined : bound,
    parameters: plain ? keys : parameters.map(({ parameter }) => parameter),
    plain,
  };
}

function styleOf({ style, takesContext, plain, keys }: CallShape): number {
  if (style === 'object') return takesContext ? callStyle.objectAndContext : callStyle.object;
  return plain && keys.length <= 4 ? keys.length : callStyle.arguments;
}

/** False when a parameter is bound to a value; the function itself then chooses among what is given. */
function choosesAmong({ on, cases, otherwise = on }: Branch, keys: readonly string[]): boolean {
  return (
    keys[0] === on && [otherwise, ...Object.values(cases)].every((parameter) => keys.includes(parameter))
  );
}

const noInnerSlots: InnerSlots = { blocks: undefined, standsFor: undefined, waitsForItems: undefined };

const noShape: CallShape = {
  style: 'positional',
  takesContext: false,
  keys: [],
  bound: undefined,
  parameters: [],
  plain: true,
};
