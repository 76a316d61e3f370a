/** Binds parameters of a drafted node to values, to other nodes, or to groups of both. */
import { ownProperty } from '../model/own-property.js';
import { deciding } from '../model/decides.js';
import type { AnyFunction, DraftParameter, NodeDraft } from '../model/definition.js';
import type { Bindings } from './bindings.js';
import { isExtraction } from './extraction.js';
import { isGroup } from './group.js';
import { isSource } from './source.js';
import { isValue } from './value.js';

/** The names of the parameters that can be bound. */
export function parameterNames(node: NodeDraft): readonly string[] {
  if (isExtraction(node)) return [];
  return [...new Set(node.parameters.map(({ parameter }) => parameter.split(memberSeparator)[0]!))];
}

/** Binds those parameters that the node has; the last binding of a parameter holds. */
export function bindParameters(node: NodeDraft, bindings: Bindings): NodeDraft {
  const names = parameterNames(node);
  return Object.entries(bindings)
    .filter(([parameter]) => names.includes(parameter))
    .reduce((bound, [parameter, binding]) => bindParameter(bound, parameter, binding), node);
}

function bindParameter(node: NodeDraft, parameter: string, binding: unknown): NodeDraft {
  const members: DraftParameter[] = [];
  const read = readBinding(binding, parameter, members);
  const { [parameter]: _before, ...bound } = node.bound;
  if (members.length === 0) {
    const parameters = replaceParameter(node, parameter, [edgeTo(parameter, parameter)]);
    return { ...node, parameters, bound: { ...bound, [parameter]: read({}) } };
  }
  const parameters = replaceParameter(node, parameter, members);
  if (!isGroup(binding)) return { ...node, parameters, bound };
  return {
    ...node,
    derived: true,
    parameters,
    bound,
    style: 'object',
    fn: deciding(assembling(node, parameter, read), { given: binding, calls: node.fn }),
  };
}

/** Cannot stand in the name of a node, so a member of a group is never mistaken for a parameter. */
const memberSeparator = '[';

/** Keeps the position; a parameter filled by a group stands there as one edge for each member. */
function replaceParameter(
  node: NodeDraft,
  parameter: string,
  edges: readonly DraftParameter[],
): readonly DraftParameter[] {
  const isOld = (edge: DraftParameter) => edge.parameter.split(memberSeparator)[0] === parameter;
  const first = node.parameters.findIndex(isOld);
  const before = node.parameters[first];
  const single = edges.length === 1 && edges[0]!.parameter === parameter;
  // Another source of the same parameter is collected as the one before.
  const kept = single ? { type: before?.type, collect: before?.collect } : {};
  const added = before === undefined ? edges : edges.map((edge) => ({ ...edge, ...kept }));
  const others = (from: readonly DraftParameter[]) => from.filter((edge) => !isOld(edge));
  return [...others(node.parameters.slice(0, first)), ...added, ...others(node.parameters.slice(first))];
}

function edgeTo(parameter: string, node: string): DraftParameter {
  return { parameter, node, optional: false };
}

/** Gives the bound value, from the values of the edges. */
type Reader = (inputs: Readonly<Record<string, unknown>>) => unknown;

/** @param edges - receives an edge for each source in the binding. */
function readBinding(binding: unknown, path: string, edges: DraftParameter[]): Reader {
  if (isValue(binding)) return () => binding.value;
  if (isSource(binding)) {
    edges.push(edgeTo(path, binding.node));
    return (inputs) => inputs[path];
  }
  if (!isGroup(binding)) return () => binding;
  const readers = Object.entries(binding.members).map(
    ([key, member]) => [key, readBinding(member, `${path}${memberSeparator}${key}]`, edges)] as const,
  );
  if (Array.isArray(binding.members)) return (inputs) => readers.map(([, read]) => read(inputs));
  return (inputs) => Object.fromEntries(readers.map(([key, read]) => [key, read(inputs)]));
}

/** Calls the node with the group assembled, unless a later binding gives the parameter itself. */
function assembling(node: NodeDraft, parameter: string, read: Reader): AnyFunction {
  const call = inObjectStyle(node);
  const isMember = (key: string) => key.startsWith(`${parameter}${memberSeparator}`);
  return (given: Readonly<Record<string, unknown>>, ...context: readonly unknown[]) => {
    if (Object.hasOwn(given, parameter)) return call(given, ...context);
    const others = Object.entries(given).filter(([key]) => !isMember(key));
    return call({ ...Object.fromEntries(others), [parameter]: read(given) }, ...context);
  };
}

type ObjectStyle = (inputs: Readonly<Record<string, unknown>>, ...context: readonly unknown[]) => unknown;

function inObjectStyle(node: NodeDraft): ObjectStyle {
  const fn = node.fn as (...args: readonly unknown[]) => unknown;
  if (node.style === 'object') return fn;
  const names = parameterNames(node);
  return (inputs, ...context) => fn(...names.map((name) => ownProperty(inputs, name)), ...context);
}
