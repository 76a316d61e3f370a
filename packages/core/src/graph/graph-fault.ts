/** What may be wrong with a graph, as it is found. */
import type { Fault } from '../errors/fault.js';
import type { DefinitionData, NodeDraft } from '../model/definition.js';
import type { DraftedGraph } from './draft-graph.js';

export type GraphFault =
  | Fault<'FP_BAD_NODE', BadNode>
  | Fault<'FP_BAD_PARAMETERS', DefinitionData>
  | Fault<'FP_DUPLICATE_NODE', readonly [existing: NodeDraft, node: NodeDraft]>
  /** A module that drafts itself, or a branch where the part for branches is missing. */
  | Fault<'FP_BAD_MODIFIER', 'endless' | 'branch'>
  | Fault<'FP_CYCLE', undefined>
  /** About the name that the parameter had. */
  | Fault<'FP_RENAMED_PARAMETER', string>
  /** A value that the first run would read to its end, bound to a parameter of a node, or in the configuration. */
  | Fault<'FP_READ_TWICE', undefined>
  | Fault<'FP_UNKNOWN_CONFIG_KEY', ConfigKeys>
  /** About the executors that there are. */
  | Fault<'FP_UNKNOWN_NODE_EXECUTOR', readonly string[]>
  /** A part for fan-outs is missing. */
  | Fault<'FP_BAD_FAN_OUT', undefined>;

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
