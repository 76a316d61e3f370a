/** What can be asked of a built graph without running it. */
import type { GraphNode } from '../model/graph.js';
import type { ListOptions } from './list-available-variables.js';
import type { GraphVersions } from './node-versions.js';

/** The questions about a graph. Nothing runs, and graphs of any depth are answered without recursion. */
export interface Inspection<Name extends string> {
  /**
   * The nodes, inputs and config values of the graph, in topological order.
   *
   * @throws FlowerPowerError `FP_BAD_TAG_FILTER`.
   *
   * @example
   * ```ts
   * import { createDriver, node, tag } from '@flowerpower/core';
   *
   * const m = {
   *   spend: node(() => 80, tag({ owner: 'growth', pii: 'no' })),
   *   signups: node(() => 10, tag({ owner: ['growth', 'web'] })),
   * };
   * const driver = createDriver({ modules: [m] });
   * driver.listAvailableVariables({ tags: { owner: 'web' } }).map(({ name }) => name); // ['signups']
   * driver.listAvailableVariables({ tags: { owner: ['growth', 'sales'], pii: null } }).length; // 1
   * ```
   */
  listAvailableVariables(options?: ListOptions): readonly GraphNode[];

  /**
   * The names and everything that they need, inputs and config values included, in topological order.
   *
   * @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one.
   *
   * @example
   * ```ts
   * import { createDriver } from '@flowerpower/core';
   *
   * const m = { b: ({ a }: { a: number }) => a + 1, c: ({ b }: { b: number }) => b + 1 };
   * const driver = createDriver({ modules: [m] });
   * driver.upstreamOf('b'); // ['a', 'b']
   * driver.downstreamOf('b'); // ['b', 'c']
   * driver.pathBetween('a', 'c'); // ['a', 'b', 'c']
   * driver.pathBetween('c', 'a'); // []
   * ```
   */
  upstreamOf(...names: readonly Name[]): readonly string[];

  /** The names and everything that needs them, in topological order. Otherwise as `upstreamOf`. */
  downstreamOf(...names: readonly Name[]): readonly string[];

  /**
   * Every node on some way from one node to another, both included, in topological order; `[]` when the second
   * does not need the first. Otherwise as `upstreamOf`.
   */
  pathBetween(from: Name, to: Name): readonly string[];

  /**
   * Hashes that change when code changes.
   *
   * The version of a node covers its name and kind, the text of its function without comments and white space,
   * its edges, the values that `params` and modifiers bind, the names of its modifiers and those of their arguments
   * that decide what is computed, and what `codeVersion` and `codeVersions` of `defineModule` say of its module and of
   * its export. Modules that were imported by path (`@flowerpower/modules`, every project) say so of helpers and values
   * that the function reaches; of other modules these are not covered. Of an input and of a config value it covers the
   * name only. It does not cover documentation, tags, or a bundler's rewriting: the same source compiled differently may
   * have another version.
   *
   * The hash has 128 bits and is not cryptographic: it proves nothing, and a bound secret that can be guessed can
   * be recognised by it.
   *
   * @example
   * ```ts
   * import { createDriver } from '@flowerpower/core';
   *
   * const m = { double: ({ x }: { x: number }) => 2 * x };
   * const { graph, nodes } = createDriver({ modules: [m] }).versions();
   * graph.length; // 32
   * [...nodes.keys()]; // ['x', 'double']
   * ```
   */
  versions(): GraphVersions;
}
