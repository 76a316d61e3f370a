/** The reference: recursive, one call after the other, without plans, levels, schedulers or promises. */
import { itemScope, type RandomEdge, type RandomGraph, type RandomNode } from './random-graph.js';
import { compute, Failure, sideOf } from './values.js';

type Path = readonly number[];

export interface Interpretation {
  /** What the output gives: inside fan-outs, nested lists. A {@link Failure} when it cannot be computed. */
  output(name: string): unknown;
  /** Every call of a function that these outputs need, as {@link callName} names it. */
  callsFor(outputs: readonly string[]): Set<string>;
  /** The same, when all sides of branches and everything around empty fan-outs run as well. */
  mostCallsFor(outputs: readonly string[]): Set<string>;
  /** The calls that must have ended before another one starts: of nodes whose values it receives, other than streams. */
  callsBefore(node: RandomNode, path: Path): string[];
}

/** A call of a node for an item. */
export function callName(name: string, path: Path): string {
  return `${name}@${path.join('.')}`;
}

/** @param overrides - of nodes inside fan-outs: nested lists. */
export function interpret(
  graph: RandomGraph,
  overrides: Readonly<Record<string, unknown>> = {},
): Interpretation {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const given: Readonly<Record<string, unknown>> = { ...graph.given, ...overrides };
  let known = new Map<string, unknown>();
  let calls = new Set<string>();

  /** Of an expander: the list. */
  function valueOf(name: string, path: Path): unknown {
    const key = callName(name, path);
    if (!known.has(key)) known.set(key, evaluate(name, path));
    return known.get(key);
  }

  function evaluate(name: string, path: Path): unknown {
    if (name in given) return path.reduce((list, index) => (list as unknown[])[index], given[name]);
    const node = nodes.get(name);
    if (node === undefined) return undefined;
    if (node.kind === 'branch') return branch(node, path);
    const args = node.edges.map((edge) => argument(edge, path));
    const broken = args.find((arg) => arg instanceof Failure);
    if (broken !== undefined) return broken;
    calls.add(callName(name, path));
    try {
      return compute(graph, node, args);
    } catch {
      return new Failure(name, path);
    }
  }

  function branch({ edges }: RandomNode, path: Path): unknown {
    const [on, ...sides] = edges;
    const choice = argument(on!, path);
    return choice instanceof Failure ? choice : argument(sides[sideOf(choice, sides.length)]!, path);
  }

  function argument({ from, collect }: RandomEdge, path: Path): unknown {
    const source = nodes.get(from);
    if (source === undefined) return valueOf(from, []);
    const inside = itemScope(source).length;
    if (collect === undefined) return itemAt(source, path.slice(0, inside));
    const list = listAt(source, path.slice(0, inside - 1));
    if (list instanceof Failure) return list;
    const part = list.slice(0, collect.take);
    // What failed around the fan-out is not a failure of its items.
    const isOwn = (one: unknown) => collect.settled && one instanceof Failure && one.path.length >= inside;
    const broken = part.find((one) => one instanceof Failure && !isOwn(one));
    if (broken !== undefined) return broken;
    return collect.settled ? part.map((one) => (isOwn(one) ? 'rejected' : `ok ${String(one)}`)) : part;
  }

  /** What a plain use of the node receives. */
  function itemAt(node: RandomNode, path: Path): unknown {
    if (node.kind !== 'expander') return valueOf(node.name, path);
    const list = valueOf(node.name, path.slice(0, -1));
    return list instanceof Failure ? list : (list as unknown[])[path.at(-1)!];
  }

  /** What a collecting use receives. @param path - leads to the fan-out. */
  function listAt(node: RandomNode, path: Path): unknown[] | Failure {
    const count = countAt(node, path);
    if (count instanceof Failure) return count;
    return Array.from({ length: count }, (_, index) => itemAt(node, [...path, index]));
  }

  /** How many items the fan-out of this depth around a node has. */
  function countAt(node: RandomNode, path: Path): number | Failure {
    const list = valueOf(itemScope(node)[path.length]!, path);
    return list instanceof Failure ? list : (list as unknown[]).length;
  }

  function nested(node: RandomNode, path: Path): unknown {
    if (path.length === itemScope(node).length) return itemAt(node, path);
    const count = countAt(node, path);
    if (count instanceof Failure) return count;
    const list = Array.from({ length: count }, (_, index) => nested(node, [...path, index]));
    return list.find((one) => one instanceof Failure) ?? list;
  }

  function forget(): void {
    known = new Map();
    calls = new Set();
  }

  return {
    output: (name) => (nodes.has(name) ? nested(nodes.get(name)!, []) : valueOf(name, [])),
    callsFor(outputs) {
      forget();
      for (const name of outputs) nested(nodes.get(name)!, []);
      return calls;
    },
    mostCallsFor(outputs) {
      forget();
      const open = [...outputs];
      const seen = new Set<string>();
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        const node = nodes.get(name);
        if (node === undefined || seen.has(name) || name in given) continue;
        seen.add(name);
        open.push(...node.edges.map(({ from }) => from));
        everywhere(node, []);
      }
      return calls;
    },
    callsBefore: ({ edges }, path) => edges.flatMap((edge) => callsOf(edge, path)),
  };

  function callsOf({ from, collect }: RandomEdge, path: Path): string[] {
    const source = nodes.get(from);
    if (source === undefined || source.kind === 'branch' || (collect && collect.as !== 'array')) return [];
    const own = path.slice(0, source.scope.length);
    if (collect === undefined || source.kind === 'expander') return [callName(from, own)];
    const around = own.slice(0, source.scope.length - 1);
    return Array.from({ length: countAt(source, around) as number }, (_, index) =>
      callName(from, [...around, index]),
    );
  }

  function everywhere(node: RandomNode, path: Path): void {
    if (path.length === node.scope.length) {
      valueOf(node.name, path);
      return;
    }
    const count = countAt(node, path);
    if (!(count instanceof Failure))
      for (let index = 0; index < count; index++) everywhere(node, [...path, index]);
  }
}
