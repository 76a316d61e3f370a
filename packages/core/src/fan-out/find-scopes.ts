/**
 * Inside which fan-outs each node runs. A node that uses items runs once for each of them; a collecting edge
 * leads out of the innermost fan-out.
 */
import type { CoreProblem } from '../errors/catalogue.js';
import type { GraphNode } from '../model/graph.js';
import type { FindScopes, Scope } from '../graph/scopes.js';
import { nothingToCollect } from './nothing-to-collect.js';

interface ScopedEntry {
  readonly node: GraphNode;
  /** Positions, in the order of `node.dependencies`. */
  readonly dependencies: readonly number[];
}

const outside: Scope = [];

export const findScopes: FindScopes = (entries) => {
  const problems: CoreProblem[] = [];
  if (!entries.some(({ node }) => node.fanOut !== undefined || collects(node)))
    return { scopes: undefined, problems };
  const scopes: Scope[] = [];
  for (const { node, dependencies } of entries) {
    let scope = outside;
    for (const [edge, position] of dependencies.entries()) {
      const { parameter, collect } = node.dependencies[edge]!;
      const source = entries[position]!.node;
      const around = itemScope(entries, scopes, position);
      if (collect !== undefined && around.length === 0) {
        problems.push(nothingToCollect(node, parameter, source));
        continue;
      }
      const needed = collect === undefined ? around : around.slice(0, -1);
      const [inner, outer] = needed.length > scope.length ? [needed, scope] : [scope, needed];
      if (outer.every((expander, depth) => inner[depth] === expander)) scope = inner;
      else problems.push(unrelatedItems(node, entries[scope.at(-1)!]!.node, entries[needed.at(-1)!]!.node));
    }
    scopes.push(scope);
  }
  return { scopes, problems };
};

function collects({ dependencies }: GraphNode): boolean {
  for (const { collect } of dependencies) if (collect !== undefined) return true;
  return false;
}

/** The fan-outs that a plain use of a node's value is inside of: those around it, and its own. */
function itemScope(entries: readonly ScopedEntry[], scopes: readonly Scope[], position: number): Scope {
  const scope = scopes[position]!;
  return entries[position]!.node.fanOut === undefined ? scope : [...scope, position];
}

function unrelatedItems(node: GraphNode, one: GraphNode, other: GraphNode): CoreProblem {
  return {
    code: 'FP_BAD_FAN_OUT',
    message: `'${node.name}' uses items of '${one.name}' and of '${other.name}', which are fanned out side by side.`,
    hint: `Collect one of them, or make one depend on an item of the other.`,
    places: [node, one, other].flatMap(({ place }) => place ?? []),
  };
}
