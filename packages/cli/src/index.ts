/**
 * The whole library under one name: `npm install flowerpower` is all a project needs.
 *
 * Authoring (`node`, `when`, …) and the engine come from `@flowerpower/core`, the facade from
 * `@flowerpower/project`.
 */
export {
  type Adapter,
  type ConfigValue,
  createDriver,
  type DefinedModule,
  defineModule,
  type Dependency,
  type Driver,
  type DriverOptions,
  type ExecuteOptions,
  FlowerPowerError,
  type Graph,
  type GraphNode,
  type InputsOf,
  isFlowerPowerError,
  node,
  type NodeCall,
  type NodeContext,
  type NodeDefinition,
  type NodeEndEvent,
  NodeExecutionError,
  type NodeKind,
  type NodeLog,
  type NodeOptions,
  type NodeOutcome,
  type NodesOf,
  type NodeStartEvent,
  type Params,
  type Place,
  type PlanSummary,
  type Problem,
  type RunEndEvent,
  type RunReport,
  type RunStartEvent,
  source,
  tag,
  type Tags,
  when,
  whenIn,
  whenNot,
  whenNotIn,
} from '@flowerpower/core';
export {
  type CheckReport,
  type CreateProjectOptions,
  FlowerPowerProject,
  type LoadedPipeline,
  type LoadProjectOptions,
  type PipelineEntry,
  type PipelineManager,
  type PipelineOverrides,
} from '@flowerpower/project';
export { FatalError, RetryableError, type RunEvent, type RunResult } from '@flowerpower/runtime';
