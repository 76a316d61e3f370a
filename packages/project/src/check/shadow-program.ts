/**
 * The shadow program: the graph as straight-line code, one edge per line. TypeScript's own checker then judges each
 * edge as it would judge the call written by hand, with generics, overloads, promises and optional parameters.
 */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import { contextTypes, givenValue, sharedTypes } from './shadow-types.js';
import { valueLiteral } from './value-literal.js';

export interface ShadowOptions {
  readonly graph: Graph;
  /** By name. JavaScript modules and modules without a file are not among them. */
  readonly modules: ReadonlyMap<string, CheckedModule>;
  /** Values known before the run, by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isSecret: (text: string) => boolean;
  /** True when `@flowerpower/core` can be imported from the project. Without it contexts are not checked. */
  readonly canImportCore: boolean;
}

export interface ShadowProgram {
  readonly text: string;
  /** What a line is about, by line number counted from 1. The other lines are our own. */
  readonly subjects: ReadonlyMap<number, LineSubject>;
  readonly edges: number;
  readonly unchecked: number;
}

/** What a diagnostic on a line is about. */
export type LineSubject =
  | { readonly kind: 'module'; readonly module: CheckedModule }
  | { readonly kind: 'call'; readonly node: GraphNode }
  /** A node gives a value to a parameter. */
  | ({ readonly kind: 'edge'; readonly from: GraphNode } & Want)
  /** A value known before the run is given to a parameter, as an input or bound by `params`. */
  | ({ readonly kind: 'input' | 'bound' } & Want)
  /** A function wants a value from outside that others want too. */
  | ({ readonly kind: 'shared'; readonly others: readonly Want[] } & Want);

/** A parameter that takes a value. For a bound parameter `dependency.node` names the parameter itself. */
export interface Want {
  readonly node: GraphNode;
  readonly dependency: Dependency;
}

/** A node that the program calls, with its arguments in order. */
interface Call {
  readonly node: GraphNode;
  readonly callee: string;
  readonly type: string;
  readonly parameters: readonly Parameter[];
  /** False when the source says that the function takes no context. */
  readonly mayTakeContext: boolean;
}

interface Parameter {
  readonly dependency: Dependency;
  readonly bound: boolean;
}

interface OpenWant extends Want {
  readonly type: string;
}

export function writeShadowProgram(options: ShadowOptions): ShadowProgram {
  const { graph, inputs } = options;
  const calls = callsOf(options);
  const variables = nameVariables(graph);
  const wants = wantsByName(calls);

  const program: string[] = [];
  const subjects = new Map<number, LineSubject>();
  const write = (text: string, subject?: LineSubject) => {
    program.push(text);
    if (subject !== undefined) subjects.set(program.length, subject);
  };

  /** The expression of a value that no called function gives; undefined when nothing is known of it. */
  const literalOf = (name: string): string | undefined => {
    if (!isGiven(graph.nodes.get(name)) || !Object.hasOwn(inputs, name)) return undefined;
    return valueLiteral(inputs[name], {
      isSecret: options.isSecret,
      allowExtraKeys: (wants.get(name)?.length ?? 0) > 1,
    });
  };
  const literals = new Map<string, string | undefined>();
  for (const name of wants.keys()) if (!calls.has(name)) literals.set(name, literalOf(name));

  writeHeader();
  writeOpenValues();
  write('export async function check(): Promise<void> {');
  for (const call of calls.values()) writeCall(call);
  write('}');
  return { text: `${program.join('\n')}\n`, subjects, ...countEdges(graph, calls) };

  function writeHeader(): void {
    write('// Written by `flowerpower check`, which replaces it at every run. A line of a call is an edge of the graph.');
    const used = new Set([...calls.values()].map(({ node }) => node.module!));
    for (const module of options.modules.values()) {
      if (!used.has(module.name)) continue;
      write(`import * as ${module.alias} from ${JSON.stringify(module.specifier)};`, { kind: 'module', module });
    }
    if ([...calls.values()].some(({ mayTakeContext }) => mayTakeContext)) {
      write(
        options.canImportCore
          ? "import type { NodeContext } from '@flowerpower/core';"
          : 'type NodeContext = never;',
      );
      for (const line of contextTypes.trim().split('\n')) write(line);
    }
    write(givenValue);
  }

  /** Values without a static type, and what the functions that share one want of it. */
  function writeOpenValues(): void {
    let typesWritten = false;
    for (const [name, takers] of wants) {
      if (calls.has(name) || literals.get(name) !== undefined) continue;
      write(`declare const ${variables.get(name)}: any;`);
      if (takers.length < 2) continue;
      if (!typesWritten) for (const line of sharedTypes.trim().split('\n')) write(line);
      typesWritten = true;
      takers.forEach((taker, index) => {
        const before = `${variables.get(name)}_${index}`;
        const after = `${variables.get(name)}_${index + 1}`;
        if (index === 0) return write(`type ${after} = ${taker.type};`, { kind: 'call', node: taker.node });
        const { node, dependency } = taker;
        write(
          `type ${after} = Both<${before}, ${taker.type}>; wants<${taker.type}>(given as ${after});`,
          { kind: 'shared', node, dependency, others: takers.slice(0, index) },
        );
      });
    }
  }

  function writeCall(call: Call): void {
    const { node, callee } = call;
    const isObject = node.style === 'object';
    const subject: LineSubject = { kind: 'call', node };
    write(`  const ${variables.get(node.name)} = await ${callee}(${isObject ? '{' : ''}`, subject);
    for (const parameter of call.parameters) {
      const key = isObject ? `${propertyName(parameter.dependency.parameter)}: ` : '';
      write(`    ${key}${expressionOf(call, parameter)},`, subjectOf(call, parameter));
    }
    if (isObject) write('  },', subject);
    if (call.mayTakeContext) {
      const taken = isObject ? ['unknown'] : call.parameters.map(() => 'unknown');
      write(`    ...(given as Context<${call.type}, [${taken.join(', ')}]>),`, subject);
    }
    write('  );', subject);
  }

  function expressionOf({ node }: Call, { dependency, bound }: Parameter): string {
    const { isSecret } = options;
    if (!bound) return literals.get(dependency.node) ?? variables.get(dependency.node)!;
    return valueLiteral(node.bound[dependency.parameter], { isSecret, allowExtraKeys: false }) ?? 'given';
  }

  function subjectOf({ node }: Call, { dependency, bound }: Parameter): LineSubject {
    if (bound) return { kind: 'bound', node, dependency };
    if (literals.get(dependency.node) !== undefined) return { kind: 'input', node, dependency };
    return { kind: 'edge', from: graph.nodes.get(dependency.node)!, node, dependency };
  }
}

/** The nodes that are a plain call of an export of a TypeScript module, by name, in topological order. */
function callsOf({ graph, modules }: ShadowOptions): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const node of graph.nodes.values()) {
    const { exportName } = node;
    const module = node.module === undefined ? undefined : modules.get(node.module);
    if (module === undefined || exportName === undefined || !isOwnValue(node.name, exportName)) continue;
    const facts = module.nodes?.[exportName];
    const parameters = parametersOf(
      node,
      facts?.parameters.map(({ name }) => name),
    );
    if (parameters === undefined) continue;
    calls.set(node.name, {
      node,
      callee: isIdentifier(exportName)
        ? `${module.alias}.${exportName}`
        : `${module.alias}[${JSON.stringify(exportName)}]`,
      type: `(typeof ${module.alias})[${JSON.stringify(exportName)}]`,
      parameters,
      mayTakeContext: facts?.takesContext ?? true,
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
 * @param order - the parameters as the source has them. Undefined when that is unknown: then the place of a bound
 *   positional parameter among the edges is unknown too, and so is the result.
 */
function parametersOf(node: GraphNode, order: readonly string[] | undefined): Parameter[] | undefined {
  const edges = node.dependencies.map((dependency): Parameter => ({ dependency, bound: false }));
  const bound = Object.keys(node.bound).map(
    (parameter): Parameter => ({ dependency: { parameter, node: parameter, optional: false }, bound: true }),
  );
  if (bound.length === 0) return edges;
  const all = [...edges, ...bound];
  if (node.style === 'object' || all.length === 1) return all;
  const sorted = order?.map((name) => all.find(({ dependency }) => dependency.parameter === name));
  return sorted?.length === all.length && sorted.every((parameter) => parameter !== undefined)
    ? sorted
    : undefined;
}

function wantsByName(calls: ReadonlyMap<string, Call>): Map<string, OpenWant[]> {
  const wants = new Map<string, OpenWant[]>();
  for (const { node, parameters, type } of calls.values()) {
    parameters.forEach(({ dependency, bound }, index) => {
      if (bound) return;
      const wanted =
        node.style === 'object'
          ? `WantedIn<${type}, ${JSON.stringify(dependency.parameter)}>`
          : `WantedAt<${type}, ${index}>`;
      const takers = wants.get(dependency.node) ?? [];
      takers.push({ node, dependency, type: wanted });
      wants.set(dependency.node, takers);
    });
  }
  return wants;
}

function countEdges(graph: Graph, calls: ReadonlyMap<string, Call>): { edges: number; unchecked: number } {
  let edges = 0;
  let unchecked = 0;
  for (const node of graph.nodes.values()) {
    for (const dependency of node.dependencies) {
      const typed = calls.has(dependency.node) || isGiven(graph.nodes.get(dependency.node));
      if (typed && calls.has(node.name)) edges++;
      else unchecked++;
    }
  }
  return { edges, unchecked };
}

function isGiven(node: GraphNode | undefined): boolean {
  return node?.kind === 'input' || node?.kind === 'config';
}

/** Readable and unique: the dots of a namespace become underscores. */
function nameVariables(graph: Graph): Map<string, string> {
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of graph.nodes.keys()) {
    let variable = `v_${name.replaceAll('.', '_')}`;
    while (taken.has(variable)) variable += '_';
    taken.add(variable);
    variables.set(name, variable);
  }
  return variables;
}

function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}

function propertyName(key: string): string {
  return isIdentifier(key) && key !== '__proto__' ? key : `[${JSON.stringify(key)}]`;
}
