/**
 * What `node(...)` leaves on a function: the function itself, how it takes its inputs, and the modifiers in
 * the order written. A definition is immutable; a modifier returns a new one.
 */
import type { CacheBehavior } from './cache-behavior.js';
import type { Branch, Collect, FanOut, NodeKind, Tags } from './graph.js';
import type { Place, Problem } from '../errors/flowerpower-error.js';
import type { NodeSource } from './define-module.js';
import { expandSteps } from './expand-steps.js';

/** Definitions are recognised by this global symbol, so two copies of the package understand each other. */
export const definitionKey: unique symbol = Symbol.for('flowerpower.node');

/** Stands for the export's own name in the type of a definition. */
declare const self: unique symbol;
export type Self = typeof self;

declare const typesKey: unique symbol;

export type AnyFunction = (...args: never[]) => unknown;

/** A parameter of a node while the graph is being drafted. */
export interface DraftParameter {
  readonly parameter: string;
  readonly node: string;
  readonly optional: boolean;
  readonly type?: string | undefined;
  /** The edge takes the items of a fan-out together. */
  readonly collect?: Collect | undefined;
}

/** A node while the graph is being drafted. Modifiers map lists of these. */
export interface NodeDraft {
  readonly name: string;
  readonly exportName: string;
  readonly kind: NodeKind;
  readonly fn: AnyFunction;
  readonly style: 'object' | 'positional';
  readonly parameters: readonly DraftParameter[];
  readonly bound: Readonly<Record<string, unknown>>;
  readonly takesContext: boolean;
  readonly tags: Tags;
  readonly module: string;
  readonly place?: Place | undefined;
  readonly doc?: string | undefined;
  readonly type?: string | undefined;
  /** Of data that is loaded: the node that gives value and facts, or the one that takes the value out of them. */
  readonly loaded?: 'pair' | 'value' | undefined;
  /** True when a modifier made what runs, so that it is not a plain call of the function of the export. */
  readonly derived?: boolean | undefined;
  /** What was written: the export itself, with every step that applies to it. */
  readonly origin?: DefinitionData | undefined;
  /** True for positional parameters that were read from compiled text, where a bundler may have renamed them. */
  readonly fromText?: boolean | undefined;
  /** What the loader knows of the module and of all that it imports. */
  readonly codeVersion?: string | undefined;
  /** What the cache does with it, as the `cache` modifier says. */
  readonly cache?: CacheBehavior | undefined;
  /** Where the function runs, as `runOn` says. */
  readonly executor?: string | undefined;
  /** What it gives is taken item by item. */
  readonly fanOut?: FanOut | undefined;
  /** Its value is that of one of its inputs, chosen by another. */
  readonly branch?: Branch | undefined;
  /** The parameter that names a file, which is found through the `resources` of the driver. */
  readonly pathParameter?: string | undefined;
}

/** What a modifier may read and report while a graph is built. */
export interface ModifierContext {
  /** True when the engine has a part of the kind. */
  hasPart(kind: 'fanOut' | 'branches'): boolean;
  readonly config: Readonly<Record<string, unknown>>;
  /** What nodes will find in their contexts. */
  readonly resources: Readonly<Record<string, unknown>> | undefined;
  /** Declares that the graph depends on a config key, so that it counts as known. */
  useConfig(key: string): void;
  /** What the variants of each node that were left out would have needed: here, and in the whole graph. */
  readonly leftOut: readonly Map<string, readonly string[]>[];
  report(problem: Problem): void;
  /** The exports of the modules that are being drafted, from the outside in. Who drafts one of them never ends. */
  readonly around: readonly object[];
  /** The nodes of other modules, with their modifiers applied, under the names they have there. */
  draft(modules: readonly object[], scope: DraftScope): DraftedNodes;
}

/** Within what a modifier drafts other modules. */
export interface DraftScope {
  /** Names modules that have no name, and says in errors who drafts them. */
  readonly owner: string;
  readonly place: Place | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  useConfig(key: string): void;
}

export interface DraftedNodes {
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

/** One modifier at work. */
export interface ModifierStep {
  /** The name as written by the user, for errors. */
  readonly name: string;
  /** Arguments that decide what the nodes compute; part of their version. */
  readonly version?: unknown;
  /** See `isExcluded` of the definition. */
  readonly excludes?: boolean;
  apply(nodes: readonly NodeDraft[], context: ModifierContext): readonly NodeDraft[];
}

/** What a function takes. */
export interface NodeInputs {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly DraftParameter[];
  readonly takesContext: boolean;
}

/** Undefined when they cannot be read. @param source - what is known of the function. */
export type ReadInputs = (source: NodeSource | undefined) => NodeInputs | undefined;

export interface DefinitionData {
  readonly fn: AnyFunction;
  /** Names of the nodes whose values arrive as positional arguments; absent when read from the function. */
  readonly inputs?: readonly string[] | undefined;
  /** Reads them; absent when read from the function. */
  readonly read?: ReadInputs | undefined;
  readonly kind: NodeKind;
  readonly doc?: string | undefined;
  readonly steps: readonly ModifierStep[];
  /** What they make of the node; comes along with the first of them. */
  readonly expand?: ((node: NodeDraft, context: ModifierContext) => readonly NodeDraft[]) | undefined;
  /** True when the export makes no node at all, so that its inputs are not even read. */
  readonly isExcluded?: boolean;
}

/**
 * The definition of one or more nodes.
 *
 * @typeParam Nodes - created names and the types of their values; {@link Self} is the export's own name.
 * @typeParam Inputs - the parameters that are edges, and their types.
 * @typeParam Conditional - true when a `when…` modifier may leave it out.
 */
export interface NodeDefinition<Nodes, Inputs, Conditional extends boolean = false> {
  readonly [definitionKey]: DefinitionData;
  /** Exists in types only. */
  readonly [typesKey]?: { readonly nodes: Nodes; readonly inputs: Inputs; readonly conditional: Conditional };
}

export function isDefinition(value: unknown): value is NodeDefinition<unknown, unknown> {
  return typeof value === 'function' && definitionKey in value;
}

/** A definition, whatever its types say. */
export interface AnyDefinition {
  readonly [definitionKey]: DefinitionData;
}

/**
 * Adds a modifier to a definition. Every modifier is a call of this.
 *
 * @returns a definition of the types that the signature of the modifier states. They exist for the compiler only.
 */
// oxlint-disable-next-line no-unnecessary-type-parameters -- the signature of the caller says what is made
export function withStep<Made extends AnyDefinition>(definition: AnyDefinition, step: ModifierStep): Made {
  const data = definition[definitionKey];
  const isExcluded = data.isExcluded === true || step.excludes === true;
  const made: DefinitionData = { ...data, steps: [...data.steps, step], expand: expandSteps, isExcluded };
  return { [definitionKey]: made } as AnyDefinition as Made;
}
