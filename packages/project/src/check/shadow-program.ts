/**
 * The shadow program: the graph as straight-line code, one edge per line. TypeScript's own checker then judges each
 * edge as it would judge the call written by hand, with generics, overloads, promises and optional parameters. What
 * modifiers made is judged by the types of the definition that they left.
 */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { EdgeSubject, LineSubject, Want } from './line-subject.js';
import type { NodeExport } from './node-exports.js';
import { type Call, isIdentifier, type Parameter } from './shadow-calls.js';
import { isGiven, type Made, type ReadDefinition, type ShadowNode, shadowNodes } from './shadow-nodes.js';
import { contextTypes, givenValue, itemType, madeTypes, sharedTypes } from './shadow-types.js';
import { valueLiteral } from './value-literal.js';

export interface ShadowOptions {
  readonly graph: Graph;
  /** By name. JavaScript modules and modules without a file are not among them. */
  readonly modules: ReadonlyMap<string, CheckedModule>;
  /** By the name of the node. */
  readonly exports: ReadonlyMap<string, NodeExport>;
  /** Values known before the run, by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isSecret: (text: string) => boolean;
  /**
   * The package from which the project takes the types of the engine. Without it, contexts and what modifiers made
   * are not checked.
   */
  readonly coreModule: string | undefined;
}

export interface ShadowProgram {
  readonly text: string;
  /** What a line is about, by line number counted from 1. The other lines are our own. */
  readonly subjects: ReadonlyMap<number, LineSubject>;
  readonly nodes: ReadonlyMap<string, ShadowNode>;
}

interface OpenWant extends Want {
  readonly type: string;
}

export function writeShadowProgram(options: ShadowOptions): ShadowProgram {
  const { graph, inputs } = options;
  const { byName: nodes, definitions } = shadowNodes(
    graph,
    options.exports,
    options.coreModule !== undefined,
  );
  const written = [...nodes.values()].filter((node) => node.how === 'called' || node.how === 'made');
  const calls = written.filter((node) => node.how === 'called');
  const made = written.filter((node) => node.how === 'made');
  const variables = nameVariables(graph);
  const wants = wantsByName(written);
  const isTyped = (name: string) => ['called', 'made'].includes(nodes.get(name)!.how);

  const program: string[] = [];
  const subjects = new Map<number, LineSubject>();
  const write = (text: string, subject?: LineSubject) => {
    program.push(text);
    if (subject !== undefined) subjects.set(program.length, subject);
  };
  const writeLines = (text: string) => {
    for (const line of text.trim().split('\n')) write(line);
  };

  /** The expression of a value that no called function gives; undefined when nothing is known of it. */
  const literalOf = (name: string): string | undefined => {
    const node = graph.nodes.get(name);
    // Of a list that is fanned out the functions take the items.
    if (node === undefined || !isGiven(node) || node.fanOut !== undefined) return undefined;
    if (!Object.hasOwn(inputs, name)) return undefined;
    return valueLiteral(inputs[name], {
      isSecret: options.isSecret,
      allowExtraKeys: (wants.get(name)?.length ?? 0) > 1,
    });
  };
  const literals = new Map<string, string | undefined>();
  for (const name of wants.keys()) if (!isTyped(name)) literals.set(name, literalOf(name));

  writeHeader();
  for (const definition of definitions) writeDefinition(definition);
  for (const node of made) writeMadeValue(node);
  writeOpenValues();
  writeNodes();
  return { text: `${program.join('\n')}\n`, subjects, nodes };

  function writeHeader(): void {
    write(
      '// Written by `flowerpower check`, which replaces it at every run. A line of a call is an edge of the graph.',
    );
    const used = new Set(written.map(({ node }) => options.exports.get(node.name)?.module));
    for (const module of options.modules.values()) {
      if (!used.has(module)) continue;
      write(`import * as ${module.alias} from ${JSON.stringify(module.specifier)};`, {
        kind: 'module',
        module,
      });
    }
    const core = options.coreModule;
    if (calls.some(({ mayTakeContext }) => mayTakeContext)) {
      write(core === undefined ? 'type NodeContext = never;' : `import type { NodeContext } from '${core}';`);
      writeLines(contextTypes);
    }
    if (made.length > 0) {
      write(`import type { NodeDefinition, NodesOf } from '${core}';`);
      writeLines(madeTypes);
    }
    if (written.some(({ node }) => node.fanOut !== undefined)) writeLines(itemType);
    write(givenValue);
  }

  function writeDefinition({ number, module, exportName, node }: ReadDefinition): void {
    const all = `typeof ${module.alias}`;
    const name = JSON.stringify(exportName);
    const types = [
      `D${number} = Pick<${all}, ${name}>`,
      `M${number}s = Mutations<${all}, ${name}>`,
      `N${number} = NodesMade<D${number}>`,
      `R${number} = NodesMutated<D${number}, M${number}s>`,
      `I${number} = InputsTaken<D${number}>`,
    ];
    write(types.map((type) => `type ${type};`).join(' '), { kind: 'call', node });
  }

  function writeMadeValue({ node, definition, madeFrom }: Made): void {
    const variable = variables.get(node.name)!;
    if (node.branch !== undefined) return;
    const names = [node.name, ...madeFrom].map((name) => JSON.stringify(name)).join(' | ');
    const key = `N${definition}, R${definition}, ${JSON.stringify(node.name)}, ${names}`;
    if (node.fanOut === undefined) write(`declare const ${variable}: Given<${key}>;`);
    // The types give a fanned out node as what a run gives: the list of its items.
    else write(`declare const ${variable}: Given<${key}> extends infer L ? ItemOf<L> : never;`);
    write(`void knows<KnowsNode<${key}>>();`, { kind: 'gap', node });
  }

  /** Values without a static type, and what the functions that share one want of it. */
  function writeOpenValues(): void {
    let typesWritten = false;
    for (const [name, takers] of wants) {
      if (isTyped(name) || literals.get(name) !== undefined) continue;
      write(`declare const ${variables.get(name)}: any;`);
      if (takers.length < 2) continue;
      if (!typesWritten) writeLines(sharedTypes);
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
  function writeNodes(): void {
    const nodesPerFunction = Math.max(50, Math.ceil(written.length / 100));
    written.forEach((node, index) => {
      if (index === 0) write('export async function check(): Promise<void> {');
      else if (index % nodesPerFunction === 0) write('async function next(): Promise<void> {');
      if (node.how === 'called') writeCall(node);
      else writeMade(node);
    });
    write('}'.repeat(Math.ceil(written.length / nodesPerFunction)));
  }

  function writeCall(call: Call): void {
    const { node, callee, parameters } = call;
    const isObject = node.style === 'object';
    const subject: LineSubject = { kind: 'call', node };
    const variable = variables.get(node.name)!;
    const result = node.fanOut === undefined ? variable : `list_${variable}`;
    write(`  const ${result} = await ${callee}(${isObject ? '{' : ''}`, subject);
    for (const parameter of parameters) {
      const key = isObject ? `${propertyName(parameter.dependency.parameter)}: ` : '';
      write(`    ${key}${expressionOf(call, parameter)},`, subjectOf(call, parameter));
    }
    if (isObject) write('    },', subject);
    writeContext(call);
    write('  );', subject);
    if (node.fanOut !== undefined) write(`  const ${variable} = given as ItemOf<typeof ${result}>;`, subject);
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

  function writeMade(made: Made): void {
    const { node } = made;
    for (const dependency of made.dependencies) writeMadeEdge(made, dependency);
    if (node.branch === undefined) return;
    const { cases, otherwise } = node.branch;
    const sides = new Set([...Object.values(cases), ...(otherwise === undefined ? [] : [otherwise])]);
    const types = node.dependencies
      .filter(({ parameter }) => sides.has(parameter))
      .map((dependency) => `typeof ${variables.get(dependency.node)}`);
    write(`  const ${variables.get(node.name)} = given as ${types.join(' | ')};`, { kind: 'call', node });
  }

  /** The types of a definition know inputs by the node that gives them. */
  function writeMadeEdge(taker: Made, dependency: Dependency): void {
    const { node, definition } = taker;
    const names = [node.name, dependency.node].map((name) => JSON.stringify(name)).join(', ');
    const input = `I${definition}, M${definition}s, ${names}`;
    const subject: LineSubject = { kind: 'call', node };
    write(`  void knows<KnowsInput<${input}>>();`, { kind: 'gap', node, dependency });
    write(`  takes<Taken<${input}>>({`, subject);
    const parameter = { dependency, bound: false };
    write(
      `    ${propertyName(dependency.node)}: ${expressionOf(taker, parameter)},`,
      subjectOf(taker, parameter),
    );
    write('  });', subject);
  }

  function expressionOf({ node }: Call | Made, { dependency, bound }: Parameter): string {
    const { isSecret } = options;
    if (bound) {
      return valueLiteral(node.bound[dependency.parameter], { isSecret, allowExtraKeys: false }) ?? 'given';
    }
    const variable = variables.get(dependency.node)!;
    if (dependency.collect !== undefined)
      return `(given as ${collected(`typeof ${variable}`, dependency.collect)})`;
    return literals.get(dependency.node) ?? variable;
  }

  function subjectOf({ node }: Call | Made, { dependency, bound }: Parameter): EdgeSubject {
    if (bound) return { kind: 'bound', node, dependency };
    if (literals.get(dependency.node) !== undefined) return { kind: 'input', node, dependency };
    return { kind: 'edge', from: graph.nodes.get(dependency.node)!, node, dependency };
  }
}

/** What a parameter receives that collects items of a type. */
function collected(item: string, { as, onItemError }: NonNullable<Dependency['collect']>): string {
  const element = onItemError === 'collect' ? `PromiseSettledResult<${item}>` : item;
  const list = { array: 'Array', iterable: 'Iterable', asyncIterable: 'AsyncIterable' }[as];
  return `${list}<${element}>`;
}

function wantsByName(nodes: readonly (Call | Made)[]): Map<string, OpenWant[]> {
  const wants = new Map<string, OpenWant[]>();
  const add = (node: GraphNode, dependency: Dependency, type: string) => {
    const takers = wants.get(dependency.node) ?? [];
    takers.push({ node, dependency, type });
    wants.set(dependency.node, takers);
  };
  for (const taker of nodes) {
    const { node } = taker;
    if (taker.how === 'made') {
      for (const dependency of taker.dependencies) {
        add(node, dependency, `In<I${taker.definition}, ${JSON.stringify(dependency.node)}>`);
      }
      continue;
    }
    taker.parameters.forEach(({ dependency, bound }, index) => {
      if (bound) return;
      const key = JSON.stringify(dependency.parameter);
      const { type } = taker;
      add(
        node,
        dependency,
        node.style === 'object' ? `WantedIn<${type}, ${key}>` : `WantedAt<${type}, ${index}>`,
      );
    });
  }
  return wants;
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
