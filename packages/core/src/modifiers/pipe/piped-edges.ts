/** Which parameters of a node can be piped, and how a node takes the value of the last step. */
import type { AnyFunction, NodeDraft } from '../../model/definition.js';
import { deciding } from '../../model/decides.js';
import { parameterNames } from '../../draft/bind-parameters.js';
import type { PipedEdge } from '../../draft/piped-edge.js';
import { isStepDraft } from './draft-step.js';
import { isExtraction } from '../../draft/extraction.js';
import type { Root } from '../../draft/roots.js';

/** After a value has been piped, users bind it at its first step; no function has a parameter of this name. */
const pipedName = (parameter: string) => `${parameter} after its steps`;

export function edgesOf(node: NodeDraft, parameter: string): readonly PipedEdge[] {
  const edges: readonly PipedEdge[] = isStepDraft(node) ? [] : node.parameters;
  const named = edges.filter((edge) => (edge.pipedAs ?? edge.parameter) === parameter);
  // After inject({ x: source('gross') }) the compiler knows the parameter as 'gross'.
  return named.length > 0 ? named : edges.filter(({ node: from }) => from === parameter);
}

export function holds(node: NodeDraft, parameter: string): boolean {
  const isGrouped = !isStepDraft(node) && parameterNames(node).includes(parameter);
  return isGrouped || (!isExtraction(node) && edgesOf(node, parameter).length > 0);
}

/** Those that users know, without what leads from one node of the export to another. */
export function knownParameters(nodes: readonly NodeDraft[]): readonly string[] {
  const own = new Set(nodes.map(({ name }) => name));
  const known = nodes
    .filter((node) => !isStepDraft(node) && !isExtraction(node))
    .flatMap(({ parameters }) => parameters as readonly PipedEdge[])
    .filter(({ node, pipedAs }) => pipedAs !== undefined || !own.has(node))
    .map(({ parameter, pipedAs }) => pipedAs ?? withoutMember(parameter));
  return [...new Set(known)];
}

/** A group stands as one edge for each member: `x[0]`, `x[1]`. */
const withoutMember = (parameter: string) => parameter.split('[')[0]!;

/** The first parameter that no value is bound to, of the function itself, which stands before what follows it. */
export function defaultParameter(nodes: readonly NodeDraft[], roots: readonly Root[]): readonly string[] {
  const [own] = nodes.filter((node) => roots.some(({ members }) => members.has(node)) && !isStepDraft(node));
  const edges: readonly PipedEdge[] = own?.parameters ?? [];
  const free = edges.find(({ parameter }) => !Object.hasOwn(own?.bound ?? {}, parameter));
  return free === undefined ? [] : [free.pipedAs ?? withoutMember(free.parameter)];
}

/** Lets parameters of the node take the value of the last step. */
export function leadFrom(holder: NodeDraft, edges: readonly PipedEdge[], last: string): NodeDraft {
  const fresh = edges.filter(({ pipedAs }) => pipedAs === undefined).map(({ parameter }) => parameter);
  const parameters = holder.parameters.map((edge: PipedEdge): PipedEdge => {
    if (!edges.includes(edge)) return edge;
    if (edge.pipedAs !== undefined) return { ...edge, node: last };
    const { parameter, type } = edge;
    return { parameter: pipedName(parameter), node: last, optional: false, type, pipedAs: parameter };
  });
  const bound = Object.fromEntries(Object.entries(holder.bound).filter(([key]) => !fresh.includes(key)));
  const fn = holder.style === 'object' && fresh.length > 0 ? withNames(holder.fn, fresh) : holder.fn;
  return { ...holder, fn, parameters, bound, derived: true };
}

/** Gives the function its inputs under the names that it knows. */
function withNames(fn: AnyFunction, parameters: readonly string[]): AnyFunction {
  const call = fn as (inputs: object, ...context: readonly unknown[]) => unknown;
  const own = new Map(parameters.map((parameter) => [pipedName(parameter), parameter]));
  const named = (given: Readonly<Record<string, unknown>>, ...context: readonly unknown[]) =>
    call(Object.fromEntries(Object.entries(given).map(([key, of]) => [own.get(key) ?? key, of])), ...context);
  return deciding(named, { given: { parameters }, calls: fn });
}
