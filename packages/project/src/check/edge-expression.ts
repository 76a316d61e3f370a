/** One edge of a shadow program: what is passed, and what the line is about. */
import type { Dependency } from '@flowerpower/core';
import type { EdgeSubject } from './line-subject.js';
import { type Call, isIdentifier, type Parameter } from './shadow-calls.js';
import type { ShadowFacts } from './shadow-facts.js';
import type { Made } from './shadow-nodes.js';
import { valueLiteral } from './value-literal.js';

export function expressionOf(
  { options, nodes, variables, wants, literals }: ShadowFacts,
  { node }: Call | Made,
  { dependency, bound }: Parameter,
): string {
  const { isSecret, isUnknown } = options;
  if (bound) {
    const literal = { isSecret, isUnknown, allowExtraKeys: false };
    return valueLiteral(node.bound[dependency.parameter], literal) ?? 'given';
  }
  const variable = variables.get(dependency.node)!;
  if (nodes.get(dependency.node)!.how === 'loaded') {
    const want = wants
      .get(dependency.node)!
      .find((each) => each.node === node && each.dependency === dependency)!;
    return `given as Loaded<T_${variable}, ${want.type}>`;
  }
  if (dependency.collect !== undefined)
    return `(given as ${collected(`typeof ${variable}`, dependency.collect)})`;
  return literals.get(dependency.node) ?? variable;
}

export function subjectOf(
  { options, nodes, literals }: ShadowFacts,
  { node }: Call | Made,
  { dependency, bound }: Parameter,
): EdgeSubject {
  if (bound) return { kind: 'bound', node, dependency };
  if (literals.has(dependency.node)) return { kind: 'input', node, dependency };
  const isLoaded = nodes.get(dependency.node)!.how === 'loaded';
  return { kind: 'edge', from: options.graph.nodes.get(dependency.node)!, isLoaded, node, dependency };
}

/** What a parameter receives that collects items of a type. */
function collected(item: string, { as, onItemError }: NonNullable<Dependency['collect']>): string {
  const element = onItemError === 'collect' ? `PromiseSettledResult<${item}>` : item;
  const list = { array: 'Array', iterable: 'Iterable', asyncIterable: 'AsyncIterable' }[as];
  return `${list}<${element}>`;
}

export function propertyName(key: string): string {
  return isIdentifier(key) && key !== '__proto__' ? key : `[${JSON.stringify(key)}]`;
}
