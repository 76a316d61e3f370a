/** What may be wrong with a graph, as it is found. */
import type { Fault } from '../errors/fault.js';
import type { DefinitionData, NodeDraft } from '../model/definition.js';
import type { DraftedGraph } from './draft-graph.js';

export type GraphFault =
  | Fault<'FP_BAD_NODE', BadNode>
  | Fault<'FP_BAD_PARAMETERS', DefinitionData>
  | Fault<'FP_DUPLICATE_NODE', readonly [existing: NodeDraft, node: NodeDraft]>
  | Fault<'FP_CYCLE', undefined>
  | Fault<'FP_UNKNOWN_CONFIG_KEY', ConfigKeys>
  /** About the executors that there are. */
  | Fault<'FP_UNKNOWN_NODE_EXECUTOR', readonly string[]>;

/** What `node(…)` was given, what reading the export threw, or a node whose name is none. */
type BadNode =
  | { readonly definition: DefinitionData }
  | { readonly thrown: unknown }
  | { readonly misnamed: NodeDraft };

/** The keys that mean something. */
interface ConfigKeys {
  readonly used: DraftedGraph['usedConfigKeys'];
  readonly index: ReadonlyMap<string, number>;
}
