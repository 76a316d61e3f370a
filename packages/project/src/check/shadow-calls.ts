/** How the shadow program calls a node, with which arguments. */
import { type Dependency, type GraphNode, type SourceParameter, ownProperty } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';

/** A node that is a plain call of an export, with its arguments in order. */
export interface Call {
  readonly how: 'called';
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

/** The call of an export. Undefined when it cannot be told where the bound parameters belong. */
export function callOf(node: GraphNode, exportName: string, module: CheckedModule): Call | undefined {
  const facts = ownProperty(module.nodes, exportName);
  const parameters = parametersOf(node, facts?.parameters);
  if (parameters === undefined) return undefined;
  return {
    how: 'called',
    node,
    callee: isIdentifier(exportName)
      ? `${module.alias}.${exportName}`
      : `${module.alias}[${JSON.stringify(exportName)}]`,
    type: `(typeof ${module.alias})[${JSON.stringify(exportName)}]`,
    parameters,
    // What is named after the inputs of an explicit node does not tell; its number of parameters does.
    mayTakeContext: node.style !== 'object' || (facts?.takesContext ?? true),
  };
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
