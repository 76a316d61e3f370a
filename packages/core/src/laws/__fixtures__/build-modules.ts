/** Random graphs as modules that the engine builds and runs. */
import {
  branch,
  collect,
  type DefinedModule,
  defineModule,
  node,
  type NodeContext,
  parallelizable,
  when,
} from '../../index.js';
import type { RandomEdge, RandomGraph, RandomNode } from './random-graph.js';
import { compute } from './values.js';

export interface BuildOptions {
  /** Told when a function starts; what it returns is called when the function has ended, whichever way. */
  readonly onCall?: ((node: RandomNode, item: readonly number[]) => (() => void) | undefined) | undefined;
  /** Holds something for each generator that has been opened and not closed. */
  readonly openLists?: Set<object> | undefined;
  /** Positions of the nodes in the module. Default: as they are. */
  readonly order?: readonly number[] | undefined;
  /** Nodes that give a constant instead of what they would compute. */
  readonly constants?: Readonly<Record<string, unknown>> | undefined;
}

export function buildModule(graph: RandomGraph, options: BuildOptions = {}): DefinedModule {
  const { order = [...graph.nodes.keys()], constants = {} } = options;
  const exports: Record<string, unknown> = {};
  const facts: Record<string, object> = {};
  for (const position of order) {
    const one = graph.nodes[position]!;
    const { name, hasVariants, style } = one;
    const takesContext = one.takesContext || options.onCall !== undefined;
    if (name in constants) {
      exports[name] = () => constants[name];
      continue;
    }
    if (one.kind === 'branch') {
      exports[name] = branchOf(one);
      continue;
    }
    const { edges } = one;
    const parameters = edges.map(({ from }) => ({ name: from, optional: graph.inputs.includes(from) }));
    for (const exportName of hasVariants ? [`${name}__a`, `${name}__b`] : [name]) {
      facts[exportName] = { line: 1, column: 1, style, takesContext, parameters };
      const variant = exportName.at(-1)!;
      const modifiers = [
        ...(hasVariants ? [when({ variant })] : []),
        ...edges.flatMap(collecting),
        ...(one.kind === 'expander' ? [parallelizable(concurrencyOf(one))] : []),
      ];
      exports[exportName] = (node as (...args: unknown[]) => unknown)(
        callOf(graph, one, options),
        ...modifiers,
      );
    }
  }
  return defineModule({ name: 'random', exports, nodes: facts as never });
}

/** The configuration that the module needs. */
export function configOf({ nodes, variant }: RandomGraph): Record<string, unknown> {
  return nodes.some(({ hasVariants, kind }) => hasVariants && kind !== 'branch') ? { variant } : {};
}

function concurrencyOf({ concurrency }: RandomNode) {
  return concurrency === undefined ? {} : { concurrency };
}

function branchOf({ edges }: RandomNode): unknown {
  const [on, ...sides] = edges.map(({ from }) => from);
  const cases = Object.fromEntries(sides.slice(0, -1).map((side, index) => [`${index}`, side]));
  return branch(on!, cases, { otherwise: sides.at(-1)! });
}

function collecting({ from, collect: how }: RandomEdge) {
  if (how === undefined) return [];
  return [collect(from, { as: how.as, onItemError: how.settled ? 'collect' : 'fail' })];
}

function callOf(graph: RandomGraph, one: RandomNode, { onCall, openLists }: BuildOptions) {
  const { edges, style, timing, kind, listing, fails } = one;
  const isAsync = edges.some(({ collect: how }) => how?.as === 'asyncIterable');
  const argumentsOf = (given: readonly unknown[]) =>
    edges.map(({ from }, index) =>
      style === 'positional' ? given[index] : (given[0] as Record<string, unknown>)[from],
    );
  const give = (args: readonly unknown[], end: (() => void) | undefined): unknown => {
    // A generator that fails does so while it is read.
    const isLazy = kind === 'expander' && (listing === 'generator' || listing === 'asyncGenerator');
    const made = isLazy && fails !== 'never' ? failLater(graph, one, args) : compute(graph, one, args);
    const value = kind === 'expander' ? listed(made as Made, listing, openLists) : made;
    switch (timing) {
      case 'sync':
        return value;
      case 'microtask':
        return Promise.resolve(value);
      case 'later':
        return new Promise((resolve) => setImmediate(() => resolve(value)));
      case 'thenable':
        return { then: (resolve: (given: unknown) => void) => (end?.(), resolve(value)) };
    }
  };
  return (...given: unknown[]): unknown => {
    const item = onCall && ((given.at(-1) as NodeContext).item ?? []);
    const end = item && onCall(one, item);
    const args = argumentsOf(given);
    if (isAsync)
      return readAll(edges, args)
        .then((all) => give(all, end))
        .finally(end);
    let value: unknown;
    try {
      value = give(
        args.map((arg, index) => readSync(edges[index]!, arg)),
        end,
      );
    } catch (error) {
      end?.();
      throw error;
    }
    if (value instanceof Promise) return value.finally(end);
    if (timing !== 'thenable') end?.();
    return value;
  };
}

function failLater(graph: RandomGraph, one: RandomNode, args: readonly unknown[]): string[] | Error {
  try {
    return compute(graph, one, args) as string[];
  } catch (error) {
    return error as Error;
  }
}

type Made = string[] | Error;

/** @param made - an error only for generators, which fail while they are read. */
function listed(made: Made, listing: RandomNode['listing'], openLists: Set<object> | undefined): unknown {
  switch (listing) {
    case 'array':
      return made;
    case 'set':
      return new Set(made as string[]);
    case 'generator':
      return items(made, openLists);
    case 'asyncGenerator':
      return asyncItems(made, openLists);
  }
}

function* items(made: Made, openLists: Set<object> | undefined) {
  const own = {};
  openLists?.add(own);
  try {
    if (!(made instanceof Error)) return yield* made;
    yield 'one item comes before the failure';
    throw made;
  } finally {
    openLists?.delete(own);
  }
}

async function* asyncItems(made: Made, openLists: Set<object> | undefined) {
  yield* items(made, openLists);
}

function readSync({ collect: how }: RandomEdge, arg: unknown): unknown {
  if (how === undefined) return arg;
  const read: unknown[] = [];
  if (how.take !== 0) {
    for (const one of arg as Iterable<unknown>) {
      read.push(settledText(how, one));
      if (read.length === how.take) break;
    }
  }
  return read;
}

async function readAll(edges: readonly RandomEdge[], args: readonly unknown[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const [index, edge] of edges.entries()) {
    const { collect: how } = edge;
    if (how?.as !== 'asyncIterable') {
      all.push(readSync(edge, args[index]));
      continue;
    }
    const read: unknown[] = [];
    if (how.take !== 0) {
      for await (const one of args[index] as AsyncIterable<unknown>) {
        read.push(settledText(how, one));
        if (read.length === how.take) break;
      }
    }
    all.push(read);
  }
  return all;
}

function settledText({ settled }: NonNullable<RandomEdge['collect']>, one: unknown): unknown {
  if (!settled) return one;
  const result = one as PromiseSettledResult<unknown>;
  return result.status === 'fulfilled' ? `ok ${String(result.value)}` : 'rejected';
}
