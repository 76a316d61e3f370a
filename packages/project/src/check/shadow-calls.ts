/** Which nodes the shadow program calls, and with which arguments. */
import type { Dependency, Graph, GraphNode, SourceParameter } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';

/** A node that the program calls, with its arguments in order. */
export interface Call {
  readonly node: GraphNode;
  readonly callee: string;
  readonly type: string;
  readonly parameters: readonly Parameter[];
  /** False when the source says that the function takes no context. Otherwise its type decides. */
  readonly mayTakeContext: boolean;
}

export interface Parameter {
  readonly dependency: Dependency;
  readonly bound: boolean;
}

/** The nodes that are a plain call of an export of a TypeScript module, by name, in topological order. */
export function callsOf(graph: Graph, modules: ReadonlyMap<string, CheckedModule>): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const node of graph.nodes.values()) {
    const { exportName, derived } = node;
    // What a modifier made of an export is not what the export returns.
    if (derived) continue;
    const module = node.module === undefined ? undefined : modules.get(node.module);
    if (module === undefined || exportName === undefined || !isOwnValue(node.name, exportName)) continue;
    const facts = module.nodes?.[exportName];
    const parameters = parametersOf(node, facts?.parameters);
    if (parameters === undefined) continue;
    calls.set(node.name, {
      node,
      callee: isIdentifier(exportName)
        ? `${module.alias}.${exportName}`
        : `${module.alias}[${JSON.stringify(exportName)}]`,
      type: `(typeof ${module.alias})[${JSON.stringify(exportName)}]`,
      parameters,
      // What is named after the inputs of an explicit node does not tell; its number of parameters does.
      mayTakeContext: node.style !== 'object' || (facts?.takesContext ?? true),
    });
  }
  return calls;
}

/** False for nodes that a modifier made of an export: what the function returns is not their value. */
function isOwnValue(name: string, exportName: string): boolean {
  return exportName === name || exportName.startsWith(`${name}__`);
}

/**
 * Edges and bound parameters in the order of the function.
 *
 * @param written - the parameters as the source has them. Undefined when that is unknown: then the place of a bound
 *   positional parameter among the edges is unknown too, and so is the result.
 */
function parametersOf(
  node: GraphNode,
  written: readonly SourceParameter[] | undefined,
): Parameter[] | undefined {
  const edges = node.dependencies.map((dependency): Parameter => ({ dependency, bound: false }));
  const bound = Object.keys(node.bound).map((parameter): Parameter => {
    const type = written?.find(({ name }) => name === parameter)?.type;
    return { dependency: { parameter, node: parameter, optional: false, type }, bound: true };
  });
  if (bound.length === 0) return edges;
  const all = [...edges, ...bound];
  if (node.style === 'object' || all.length === 1) return all;
  const sorted = written?.map(({ name }) => all.find(({ dependency }) => dependency.parameter === name));
  return sorted?.length === all.length && sorted.every((parameter) => parameter !== undefined)
    ? sorted
    : undefined;
}

export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}
