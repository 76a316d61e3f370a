/**
 * The shadow program: the graph as straight-line code, one edge per line. TypeScript's own checker then judges each
 * edge as it would judge the call written by hand, with generics, overloads, promises and optional parameters.
 */
import type { Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { EdgeSubject, LineSubject, Want } from './line-subject.js';
import { type Call, callsOf, isIdentifier, type Parameter } from './shadow-calls.js';
import { contextTypes, givenValue, sharedTypes } from './shadow-types.js';
import { valueLiteral } from './value-literal.js';

export interface ShadowOptions {
  readonly graph: Graph;
  /** By name. JavaScript modules and modules without a file are not among them. */
  readonly modules: ReadonlyMap<string, CheckedModule>;
  /** Values known before the run, by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isSecret: (text: string) => boolean;
  /** The package that exports `NodeContext` to the project. Without it contexts are not checked. */
  readonly contextModule: string | undefined;
}

export interface ShadowProgram {
  readonly text: string;
  /** What a line is about, by line number counted from 1. The other lines are our own. */
  readonly subjects: ReadonlyMap<number, LineSubject>;
  readonly edges: number;
  readonly unchecked: number;
}

interface OpenWant extends Want {
  readonly type: string;
}

export function writeShadowProgram(options: ShadowOptions): ShadowProgram {
  const { graph, inputs } = options;
  const calls = callsOf(graph, options.modules);
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
  writeCalls();
  return { text: `${program.join('\n')}\n`, subjects, ...countEdges(graph, calls) };

  function writeHeader(): void {
    write(
      '// Written by `flowerpower check`, which replaces it at every run. A line of a call is an edge of the graph.',
    );
    const used = new Set([...calls.values()].map(({ node }) => node.module!));
    for (const module of options.modules.values()) {
      if (!used.has(module.name)) continue;
      write(`import * as ${module.alias} from ${JSON.stringify(module.specifier)};`, {
        kind: 'module',
        module,
      });
    }
    if ([...calls.values()].some(({ mayTakeContext }) => mayTakeContext)) {
      write(
        options.contextModule === undefined
          ? 'type NodeContext = never;'
          : `import type { NodeContext } from '${options.contextModule}';`,
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
        write(`type ${after} = Both<${before}, ${taker.type}>; wants<${taker.type}>(given as ${after});`, {
          kind: 'shared',
          node,
          dependency,
          others: takers.slice(0, index),
        });
      });
    }
  }

  /**
   * For each variable the compiler walks back to where it was assigned, but not out of a function declaration. So a
   * long program is cut into functions, each within the one before; their number is bounded, for parsers recurse.
   */
  function writeCalls(): void {
    const callsPerFunction = Math.max(50, Math.ceil(calls.size / 100));
    [...calls.values()].forEach((call, index) => {
      if (index === 0) write('export async function check(): Promise<void> {');
      else if (index % callsPerFunction === 0) write('async function next(): Promise<void> {');
      writeCall(call);
    });
    write('}'.repeat(Math.ceil(calls.size / callsPerFunction)));
  }

  function writeCall(call: Call): void {
    const { node, callee, parameters } = call;
    const isObject = node.style === 'object';
    const subject: LineSubject = { kind: 'call', node };
    write(`  const ${variables.get(node.name)} = await ${callee}(${isObject ? '{' : ''}`, subject);
    for (const parameter of parameters) {
      const key = isObject ? `${propertyName(parameter.dependency.parameter)}: ` : '';
      write(`    ${key}${expressionOf(call, parameter)},`, subjectOf(call, parameter));
    }
    if (isObject) write('    },', subject);
    writeContext(call);
    write('  );', subject);
    if (!isObject) for (const parameter of parameters.slice(1)) writeAlone(call, parameter);
  }

  /** TypeScript stops at the first argument that does not fit: a later one is judged with the others left open. */
  function writeAlone(call: Call, parameter: Parameter): void {
    const { node, callee, parameters } = call;
    const subject: LineSubject = { kind: 'call', node, alone: true };
    const index = parameters.indexOf(parameter);
    write(`  void ${callee}(${'given, '.repeat(index)}`.trimEnd(), subject);
    write(`    ${expressionOf(call, parameter)},`, { ...subjectOf(call, parameter), alone: true });
    if (index < parameters.length - 1) {
      write(`    ${'given, '.repeat(parameters.length - 1 - index)}`.trimEnd(), subject);
    }
    writeContext(call, true);
    write('  );', subject);
  }

  function writeContext({ node, type, parameters, mayTakeContext }: Call, alone = false): void {
    if (!mayTakeContext) return;
    const inputs = node.style === 'object' ? ['unknown'] : parameters.map(() => 'unknown');
    write(`    ...(given as Context<${type}, [${inputs.join(', ')}]>),`, { kind: 'context', node, alone });
  }

  function expressionOf({ node }: Call, { dependency, bound }: Parameter): string {
    const { isSecret } = options;
    if (!bound) return literals.get(dependency.node) ?? variables.get(dependency.node)!;
    return valueLiteral(node.bound[dependency.parameter], { isSecret, allowExtraKeys: false }) ?? 'given';
  }

  function subjectOf({ node }: Call, { dependency, bound }: Parameter): EdgeSubject {
    if (bound) return { kind: 'bound', node, dependency };
    if (literals.get(dependency.node) !== undefined) return { kind: 'input', node, dependency };
    return { kind: 'edge', from: graph.nodes.get(dependency.node)!, node, dependency };
  }
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

function propertyName(key: string): string {
  return isIdentifier(key) && key !== '__proto__' ? key : `[${JSON.stringify(key)}]`;
}
