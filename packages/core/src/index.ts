export type {
  Adapter,
  NodeCall,
  NodeEndEvent,
  NodeStartEvent,
  RunEndEvent,
  RunStartEvent,
} from './adapters/adapter.js';
export type { NodeDefinition } from './define/definition.js';
export { node, type NodeOptions } from './define/node.js';
export {
  createDriver,
  type Driver,
  type DriverOptions,
  type ExecuteOptions,
  type PlanSummary,
} from './driver.js';
export { type CoreErrorCode, coreErrors } from './errors/catalogue.js';
export {
  errorFromProblems,
  FlowerPowerError,
  type FlowerPowerErrorOptions,
  isFlowerPowerError,
  type Place,
  type Problem,
} from './errors/flowerpower-error.js';
export { didYouMean, suggest } from './errors/suggest.js';
export type { Params } from './graph/draft-graph.js';
export type { Dependency, Graph, GraphNode, NodeKind, Tags } from './graph/graph.js';
export { type Source, source } from './modifiers/source.js';
export { tag } from './modifiers/tag.js';
export { type ConfigValue, when, whenIn, whenNot, whenNotIn } from './modifiers/when.js';
export {
  type DefinedModule,
  defineModule,
  type ModuleOptions,
  type NodeSource,
  type SourceParameter,
} from './modules/define-module.js';
export { NodeExecutionError } from './run/node-execution-error.js';
export { createRunId } from './run/run-id.js';
export type { NodeOutcome, RunReport } from './run/run-report.js';
export type { NodeContext, NodeLog } from './types/functions.js';
export type { InputsOf, NodesOf } from './types/infer.js';
