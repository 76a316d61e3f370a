/** Questions about a graph, as functions and as methods of a driver. */
export type {
  Branch,
  Collect,
  Dependency,
  ExportedExecution,
  ExportedNode,
  FanOut,
  Graph,
  GraphNode,
  GraphVersions,
  Inspection,
  ListOptions,
  NodeKind,
  TagFilter,
  Tags,
} from '../index.js';
export {
  downstreamOf,
  fanOutsAround,
  inspectionPart,
  listAvailableVariables,
  pathBetween,
  upstreamOf,
} from '../index.js';
