/** From modules to a drafted graph: every export becomes nodes, modifiers are applied, parameters are bound. */
import type { Explain } from '../errors/fault.js';
import type { CoreProblem } from '../errors/catalogue.js';
import type { Problem } from '../errors/flowerpower-error.js';
import {
  type AnyFunction,
  type DraftedNodes,
  type DraftScope,
  type ModifierContext,
  type NodeDraft,
} from '../model/definition.js';
import { mutationsOf, type ReadExport } from '../draft/mutation.js';
import { plainNameEnd } from '../model/list-parameters.js';
import { isDefinedModule, type ModuleOptions } from '../model/define-module.js';
import { draftExport } from './draft-export.js';
import type { GraphFault } from './graph-fault.js';

export interface DraftOptions {
  readonly modules: readonly object[];
  readonly config: Readonly<Record<string, unknown>>;
  /** Changes the nodes before they are checked. */
  readonly bind?: BindNodes | undefined;
  readonly allowModuleOverrides: boolean;
  readonly hasPart: ModifierContext['hasPart'];
  /** What nodes will find in their contexts, for those that can tell before what is wrong with it. */
  readonly resources?: Readonly<Record<string, unknown>> | undefined;
  readonly explain: Explain<GraphFault>;
}

/** Adds to or replaces the nodes of a graph that is being drafted, or reports what is wrong with them. */
export type BindNodes = (
  nodes: Map<string, NodeDraft>,
  report: (problem: CoreProblem) => void,
  config: Readonly<Record<string, unknown>>,
) => void;

/** Nodes by name, not yet checked against each other. Only `validateGraph` turns it into something that runs. */
export interface DraftedGraph {
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  readonly usedConfigKeys: ReadonlySet<string>;
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

export function draftGraph(options: DraftOptions): DraftedGraph {
  const usedConfigKeys = new Set<string>();
  const drafting: Drafting = { options, leftOut: new Map(), problems: new Map() };
  const useConfig = (key: string) => void usedConfigKeys.add(key);
  const { config, modules, bind } = options;
  const { leftOut } = drafting;
  const { nodes } = draftModules(modules, { config, useConfig }, [], drafting);
  bind?.(nodes, (problem) => report(drafting, problem), config);
  const problems = [...drafting.problems.values()];
  return { nodes, usedConfigKeys, leftOut, problems };
}

/** What everything drafted for one graph adds to. */
interface Drafting {
  readonly options: DraftOptions;
  readonly leftOut: Map<string, readonly string[]>;
  /** By their text: a module may be drafted several times, and its problems are reported once. */
  readonly problems: Map<string, Problem>;
}

function report({ problems }: Drafting, problem: Problem): void {
  problems.set(JSON.stringify(problem), problem);
}

/** @param around - the exports of the modules in which these are drafted, from the outside in. */
function draftModules(
  modules: readonly object[],
  scope: Pick<DraftScope, 'config' | 'useConfig'> & Partial<DraftScope>,
  around: readonly object[],
  drafting: Drafting,
): DraftedNodes & { readonly nodes: Map<string, NodeDraft> } {
  const nodes = new Map<string, NodeDraft>();
  const leftOut = new Map<string, readonly string[]>();
  const found = (fault: GraphFault) => {
    for (const problem of drafting.options.explain([fault])) report(drafting, problem);
  };
  for (const [index, given] of modules.entries()) {
    const module = asModule(given, `module ${index + 1}${scope.owner ? ` of ${scope.owner}` : ''}`);
    const context = contextWithin(scope, [...around, module.exports], leftOut, drafting);
    const exported = readExports(module, found);
    const mutate = mutationsOf(module, exported, context.report);
    for (const { name: exportName, value } of exported) {
      if (typeof value !== 'function' || isHidden(exportName)) continue;
      // A schema that can be called, as those of arktype, is not a node.
      if ('~standard' in value) continue;
      const text = Function.prototype.toString.call(value);
      if (isClass(text)) continue;
      const draft = draftExport(module, exportName, { value: value as AnyFunction, text }, found);
      if (draft === undefined) continue;
      const node = mutate?.(draft) ?? draft;
      for (const made of node.origin!.expand?.(node, context) ?? [node]) {
        const fault = nameFault(made) ?? duplicateFault(made, nodes.get(made.name), drafting.options);
        if (fault === undefined) nodes.set(made.name, made);
        else found(fault);
      }
    }
  }
  return { nodes, leftOut };
}

/** Some modules compute their exports when they are asked for, perhaps anew, so each is read once. */
function readExports({ name: module, exports }: ModuleOptions<object>, report: (fault: GraphFault) => void) {
  const read: ReadExport[] = [];
  for (const name of Object.keys(exports)) {
    try {
      read.push({ name, value: (exports as Readonly<Record<string, unknown>>)[name] });
    } catch (thrown) {
      if (!isHidden(name)) report({ code: 'FP_BAD_NODE', name, with: [{ name: module }], about: { thrown } });
    }
  }
  return read;
}

/** Exports of such names are not nodes. */
function isHidden(name: string): boolean {
  return name.startsWith('_') || name === 'default';
}

function contextWithin(
  { config, useConfig }: Pick<DraftScope, 'config' | 'useConfig'>,
  around: readonly object[],
  leftOut: Map<string, readonly string[]>,
  drafting: Drafting,
): ModifierContext {
  return {
    hasPart: drafting.options.hasPart,
    config,
    resources: drafting.options.resources,
    useConfig,
    leftOut: [leftOut, drafting.leftOut],
    report: (problem) => report(drafting, problem),
    around,
    draft: (modules, scope) => draftModules(modules, scope, around, drafting),
  };
}

function asModule(given: object, name: string): ModuleOptions<object> {
  return isDefinedModule(given) ? given : { name, exports: given };
}

function isClass(text: string): boolean {
  return text.startsWith('class') && /^class\b/.test(text);
}

/** Dots separate namespaces. */
const nodeName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Continue}$]+)*$/u;

function nameFault(node: NodeDraft): GraphFault | undefined {
  const { name } = node;
  if (name !== '' && plainNameEnd(name, 0) === name.length) return undefined;
  if (nodeName.test(name)) return undefined;
  return { code: 'FP_BAD_NODE', name, with: [inModule(node)], about: { misnamed: node } };
}

function duplicateFault(
  node: NodeDraft,
  existing: NodeDraft | undefined,
  { allowModuleOverrides }: DraftOptions,
): GraphFault | undefined {
  if (existing === undefined) return undefined;
  const mayOverride = allowModuleOverrides && isOfOneKind(existing, node);
  if (mayOverride && existing.module !== node.module) return undefined;
  const both = [existing, node] as const;
  return { code: 'FP_DUPLICATE_NODE', name: node.name, with: both.map(inModule), about: both };
}

function inModule({ module, place }: NodeDraft) {
  return { name: module, place };
}

/** A value may be computed or loaded: whoever reads it sees no difference. */
export function isOfOneKind(a: NodeDraft, b: NodeDraft): boolean {
  return (a.kind === 'saver') === (b.kind === 'saver');
}
