/** From modules to a drafted graph: every export becomes nodes, modifiers are applied, parameters are bound. */
import type { CoreProblem } from '../errors/catalogue.js';
import { didYouMean } from '../errors/suggest.js';
import type { Problem } from '../errors/flowerpower-error.js';
import {
  type AnyFunction,
  type DefinitionData,
  type DraftParameter,
  definitionKey,
  isDefinition,
  type ModifierContext,
  type NodeDraft,
} from '../define/definition.js';
import { readParameters } from '../define/read-parameters.js';
import { identifierEnd } from '../define/read-plain-parameters.js';
import { type DefinedModule, type NodeSource, isDefinedModule } from '../modules/define-module.js';
import { bindParameters, parameterNames } from '../modifiers/bind-parameters.js';
import { leadingTo } from '../modifiers/targets.js';

/** Values or sources for the parameters of single nodes, by node and parameter. */
export type Params = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface DraftOptions {
  readonly modules: readonly object[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly params: Params;
  readonly allowModuleOverrides: boolean;
}

/** Nodes by name, not yet checked against each other. Only `validateGraph` turns it into something that runs. */
export interface DraftedGraph {
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  /** Names whose positional parameters were read from compiled text, where a bundler may have renamed them. */
  readonly readFromText: ReadonlySet<string>;
  readonly usedConfigKeys: ReadonlySet<string>;
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

export function draftGraph(options: DraftOptions): DraftedGraph {
  const nodes = new Map<string, NodeDraft>();
  const readFromText = new Set<string>();
  const usedConfigKeys = new Set<string>();
  const leftOut = new Map<string, string[]>();
  const problems: Problem[] = [];
  const report = (problem: CoreProblem | Problem) => void problems.push(problem);
  const context: ModifierContext = {
    config: options.config,
    useConfig: (key) => void usedConfigKeys.add(key),
    leaveOut: (node, condition) => void leftOut.set(node, [...(leftOut.get(node) ?? []), condition]),
    report,
  };

  for (const [index, given] of options.modules.entries()) {
    const module = asModule(given, index);
    const exported = module.exports as Readonly<Record<string, unknown>>;
    for (const exportName of Object.keys(exported)) {
      const value = exported[exportName];
      if (exportName.startsWith('_') || exportName === 'default' || typeof value !== 'function') continue;
      const text = Function.prototype.toString.call(value);
      if (isClass(text)) continue;
      const draft = draftExport(module, exportName, { value: value as AnyFunction, text }, report);
      if (draft === undefined) continue;
      for (const node of applySteps(draft.node, draft.data, context)) {
        const problem = nameProblem(node) ?? duplicateProblem(node, nodes.get(node.name), options);
        if (problem !== undefined) report(problem);
        else nodes.set(node.name, node);
        if (draft.fromText) readFromText.add(node.name);
      }
    }
  }
  for (const [name, values] of Object.entries(options.params)) bindParams(nodes, name, values, report);
  return { nodes, readFromText, usedConfigKeys, leftOut, problems };
}

function asModule(given: object, index: number): DefinedModule {
  if (isDefinedModule(given)) return given;
  return { name: `module ${index + 1}`, exports: given } as DefinedModule;
}

function isClass(text: string): boolean {
  return text.startsWith('class') && /^class\b/.test(text);
}

interface ExportedFunction {
  readonly value: AnyFunction;
  /** Its source text. */
  readonly text: string;
}

interface DraftedExport {
  readonly node: NodeDraft;
  readonly data: DefinitionData;
  readonly fromText: boolean;
}

function draftExport(
  module: DefinedModule,
  exportName: string,
  { value, text }: ExportedFunction,
  report: (problem: CoreProblem) => void,
): DraftedExport | undefined {
  const data: DefinitionData = isDefinition(value)
    ? value[definitionKey]
    : { fn: value, kind: 'function', steps: [] };
  // Before its inputs are read: those of a helper need not be edges.
  if (data.steps.some(({ name }) => name === 'exclude')) return undefined;
  const source = module.nodes?.[exportName];
  const inputs = readInputs(data, source, data.fn === value ? text : undefined);
  const place = placeOf(module, source);
  if (typeof data.fn !== 'function') {
    report({
      code: 'FP_BAD_NODE',
      message: `'${exportName}' in ${module.name} is made by node(...) without a function.`,
      hint: 'Write node(fn, ...modifiers) or node({ inputs: [...] }, fn, ...modifiers).',
      places: place ? [place] : [],
    });
    return undefined;
  }
  if (inputs.reason !== undefined) {
    report({
      code: 'FP_BAD_PARAMETERS',
      message: `The inputs of '${exportName}' in ${module.name} cannot be read: ${inputs.reason}.`,
      hint: `Destructure them, as in ({ a, b }) => …, or name them: node({ inputs: ['a', 'b'] }, ${exportName}).`,
      places: place ? [place] : [],
    });
    return undefined;
  }
  const node: NodeDraft = {
    name: exportName,
    exportName,
    kind: data.kind,
    fn: data.fn,
    style: inputs.style,
    parameters: inputs.parameters,
    bound: nothing,
    takesContext: inputs.takesContext,
    tags: nothing,
    module: module.name,
    place,
    doc: data.doc ?? source?.doc,
    type: source?.returnType,
  };
  return { node, data, fromText: inputs.fromText };
}

interface NodeInputs {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly DraftParameter[];
  readonly takesContext: boolean;
  readonly fromText: boolean;
  readonly reason?: string;
}

/** Explicit names win; then the names in the source; then those in the function's own text. */
function readInputs(
  data: DefinitionData,
  source: NodeSource | undefined,
  text: string | undefined,
): NodeInputs {
  if (data.inputs !== undefined) {
    const parameters = data.inputs.map((name, index) => ({
      parameter: name,
      node: name,
      optional: false,
      type: source?.parameters[index]?.type,
    }));
    const takesContext = data.fn.length > data.inputs.length;
    return { style: 'positional', parameters, takesContext, fromText: false };
  }
  if (source !== undefined) {
    const parameters = source.parameters.map(({ name, optional, type }) => ({
      parameter: name,
      node: name,
      optional,
      type,
    }));
    return { style: source.style, parameters, takesContext: source.takesContext, fromText: false };
  }
  const read = typeof data.fn === 'function' ? readParameters(data.fn, text) : undefined;
  if (read === undefined || !read.ok) {
    const reason = read?.reason ?? 'it is no function';
    return { style: 'positional', parameters: [], takesContext: false, fromText: false, reason };
  }
  const parameters = read.parameters.map(({ name, optional }) => ({ parameter: name, node: name, optional }));
  return {
    style: read.style,
    parameters,
    takesContext: read.takesContext,
    fromText: read.style === 'positional',
  };
}

function placeOf(module: DefinedModule, source: NodeSource | undefined) {
  const file = source?.file ?? module.file;
  if (file === undefined) return undefined;
  return source === undefined ? { file } : { file, line: source.line, column: source.column };
}

function applySteps(node: NodeDraft, data: DefinitionData, context: ModifierContext): readonly NodeDraft[] {
  if (data.steps.length === 0) return [node];
  return data.steps.reduce<readonly NodeDraft[]>((nodes, step) => step.apply(nodes, context), [node]);
}

const nothing: Readonly<Record<string, never>> = Object.freeze({});

/** Dots separate namespaces. */
const nodeName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Continue}$]+)*$/u;

function nameProblem(node: NodeDraft): CoreProblem | undefined {
  const { name } = node;
  if (name !== '' && identifierEnd(name, 0) === name.length) return undefined;
  if (nodeName.test(name)) return undefined;
  return {
    code: 'FP_BAD_NODE',
    message: `'${node.name}' (export '${node.exportName}' of ${node.module}) is no valid node name.`,
    hint: 'A node name is an identifier, or several joined by dots.',
    places: node.place ? [node.place] : [],
  };
}

function duplicateProblem(
  node: NodeDraft,
  existing: NodeDraft | undefined,
  options: DraftOptions,
): CoreProblem | undefined {
  if (existing === undefined) return undefined;
  const mayOverride = options.allowModuleOverrides && existing.kind === node.kind;
  if (mayOverride && existing.module !== node.module) return undefined;
  const both = [existing, node].map(({ module, exportName }) => `'${exportName}' of ${module}`).join(' and ');
  return {
    code: 'FP_DUPLICATE_NODE',
    message: `The node '${node.name}' is defined twice: by ${both}.`,
    hint: duplicateHint(node, existing),
    places: [existing.place, node.place].filter((place) => place !== undefined),
  };
}

function duplicateHint(node: NodeDraft, existing: NodeDraft): string {
  if (existing.module === node.module) {
    return 'Rename one, or give the two variants conditions that never hold together.';
  }
  return existing.kind === node.kind
    ? 'Rename one, or set allowModuleOverrides so that the later module wins.'
    : `Rename one: a ${node.kind} never replaces a ${existing.kind}.`;
}

function bindParams(
  nodes: Map<string, NodeDraft>,
  name: string,
  values: Readonly<Record<string, unknown>>,
  report: (problem: CoreProblem) => void,
): void {
  const node = nodes.get(name);
  if (node === undefined) {
    report({
      code: 'FP_UNKNOWN_PARAM',
      message: `params.${name}: there is no node '${name}'.`,
      hint: didYouMean(name, nodes.keys()),
    });
    return;
  }
  const ofExport = [...nodes.values()].filter(
    ({ module, exportName }) => module === node.module && exportName === node.exportName,
  );
  // A modifier may have moved the function on: the parameters of a checked `X` are those of `X_raw`.
  const leading = leadingTo(ofExport, name);
  const holders = [node, ...ofExport.filter((other) => leading.has(other.name))];
  for (const [parameter, value] of Object.entries(values)) {
    const holder = holders.find((candidate) => parameterNames(candidate).includes(parameter));
    if (holder === undefined) {
      const known = holders.flatMap(parameterNames);
      report({
        code: 'FP_UNKNOWN_PARAM',
        message: `params.${name}.${parameter}: '${name}' has no parameter '${parameter}'.`,
        hint: didYouMean(parameter, known) ?? `Its parameters are: ${known.join(', ') || 'none'}.`,
        places: node.place ? [node.place] : [],
      });
      continue;
    }
    const current = nodes.get(holder.name)!;
    const bound = bindParameters(current, { [parameter]: value });
    // Only a group puts something between the parameters and the function.
    nodes.set(holder.name, { ...bound, derived: bound.fn === current.fn ? current.derived : true });
  }
}
