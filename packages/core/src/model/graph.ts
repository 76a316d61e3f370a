import type { CacheBehavior } from './cache-behavior.js';
import type { Place } from '../errors/flowerpower-error.js';

/** Tags by key; a tag holds one text or a list of texts. */
export type Tags = Readonly<Record<string, string | readonly string[]>>;

/**
 * What a graph node is.
 * - `function`: computed by a function of a module.
 * - `loader`, `saver`: reads or writes data outside the graph.
 * - `input`: given from outside at run time.
 * - `config`: given at build time by `config`.
 */
export type NodeKind = 'function' | 'loader' | 'saver' | 'input' | 'config';

/** One edge into a node. */
export interface Dependency {
  /** The parameter that receives the value. */
  readonly parameter: string;
  /** The node that gives the value. */
  readonly node: string;
  /** True when the function has a default: without a value the parameter is left out, never passed as undefined. */
  readonly optional: boolean;
  /** The parameter's type annotation, where the source is known. */
  readonly type?: string | undefined;
  /** The edge takes the items of a fan-out together. */
  readonly collect?: Collect | undefined;
}

/** On a node whose value is taken item by item: every node that uses it runs once for each item. */
export interface FanOut {
  /** How many items may be under way at once, at least 1. Default: `maxConcurrency` where it is set, else 64. */
  readonly concurrency?: number | undefined;
}

/** On an edge that takes the items of a fan-out together, in their order. */
export interface Collect {
  /** What the parameter receives. */
  readonly as: 'array' | 'iterable' | 'asyncIterable';
  /** `collect`: each item is a `PromiseSettledResult`, so a failed one fails nothing else. */
  readonly onItemError: 'fail' | 'collect';
}

/** On a node that gives the value of one of its inputs; the others are not computed for it. */
export interface Branch {
  /** The parameter whose value chooses. */
  readonly on: string;
  /** The parameter to take for each value, by its text. */
  readonly cases: Readonly<Record<string, string>>;
  /** The parameter to take for every other value. Without it, such a value is an error. */
  readonly otherwise?: string | undefined;
}

/** One computed or given value of a graph. Plain data: safe to print, compare and serialise. */
export interface GraphNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** In the order of the function's parameters. */
  readonly dependencies: readonly Dependency[];
  /** Parameters bound to fixed values by `params`. */
  readonly bound: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  /** The module that defines it. Absent on inputs and config values. */
  readonly module?: string | undefined;
  /** The export that defines it, for example `spend__uk` for the node `spend`. */
  readonly exportName?: string | undefined;
  /** How the function takes its inputs. */
  readonly style?: 'object' | 'positional' | undefined;
  readonly place?: Place | undefined;
  readonly doc?: string | undefined;
  /**
   * Of data that is loaded: `pair` is the node that loads and gives `[value, facts]`, `value` the one that takes the
   * value out of it. Absent on every other node, and on one of kind `loader` that gives its value itself.
   */
  readonly loaded?: 'pair' | 'value' | undefined;
  /** True when a modifier made what runs, so that it is not a plain call of the function of the export. */
  readonly derived?: boolean | undefined;
  /** What the cache does with it, as the `cache` modifier says. */
  readonly cache?: CacheBehavior | undefined;
  /** The type of the value as annotated, where the source is known. */
  readonly type?: string | undefined;
  /** Where the function runs, as `runOn` says; by default in the run itself. */
  readonly executor?: string | undefined;
  readonly fanOut?: FanOut | undefined;
  readonly branch?: Branch | undefined;
  /** On loaders and savers: the parameter that names a file, which is found through the `resources` of the driver. */
  readonly pathParameter?: string | undefined;
}

/** A validated graph: names are unique, every edge has a source, there is no cycle. */
export interface Graph {
  /** In topological order; ties keep the order of modules and exports. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Names of nodes that no other node uses, in topological order. Inputs and config values do not count. */
  readonly leaves: readonly string[];
  /** Names of the values that must or may come from outside. */
  readonly inputs: readonly string[];
}
