import type { NodeDraft } from '../model/definition.js';
import type { GraphNode } from '../model/graph.js';

/** One node of a validated graph with what is needed to plan and run it. */
export interface GraphEntry {
  readonly node: GraphNode;
  /** The function and its inputs. Undefined on inputs and config values. */
  readonly draft: NodeDraft | undefined;
  /** The value of a config node, undefined on others. */
  readonly value: unknown;
  /** Indices into the entries, in the order of `node.dependencies`. */
  readonly dependencies: readonly number[];
}
