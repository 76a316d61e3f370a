export type {
  Adapter,
  NodeCall,
  NodeEndEvent,
  NodeStartEvent,
  RunEndEvent,
  RunStartEvent,
} from './adapters/adapter.js';
export type {
  Check,
  Collection,
  FailedItem,
  Failures,
  Finding,
  ItemsCheck,
  Maybe,
} from './checks/check.js';
export { checkOutput, type CheckOutputOptions } from './checks/check-output.js';
export { countInRange, sorted, unique } from './checks/collection-checks.js';
export { column } from './checks/column.js';
export { DataValidationError } from './checks/data-validation-error.js';
export { type CheckDefinition, type CheckVerdict, defineCheck } from './checks/define-check.js';
export { maxNaNFraction, noNaNs } from './checks/missing-checks.js';
export { maxStandardDeviation, meanInRange } from './checks/moment-checks.js';
export { eachItem, schemaCheck } from './checks/schema-check.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './checks/standard-schema.js';
export { contains, doesNotContain, lengthInRange, matches } from './checks/text-checks.js';
export type { Importance, ValidationResult } from './checks/validation-result.js';
export { inRange, notNull, ofType, oneOf } from './checks/value-checks.js';
export { debugAdapter, type DebugAdapterOptions, type DebugMoment } from './adapters/debug-adapter.js';
export {
  gracefulErrorsAdapter,
  type GracefulErrorsAdapterOptions,
} from './adapters/graceful-errors-adapter.js';
export type { NodeFilter } from './adapters/node-filter.js';
export { printAdapter, type PrintAdapterOptions } from './adapters/print-adapter.js';
export { type Progress, progressAdapter, type ProgressAdapterOptions } from './adapters/progress-adapter.js';
export { slowDownAdapter, type SlowDownAdapterOptions } from './adapters/slow-down-adapter.js';
export { typeCheckAdapter, type TypeCheckAdapterOptions } from './adapters/type-check-adapter.js';
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
export type { ExportedExecution, ExportedNode } from './inspect/export-execution.js';
export type { Inspection, ListOptions } from './inspect/inspection.js';
export type { GraphVersions } from './inspect/node-versions.js';
export type { TagFilter } from './inspect/tag-filter.js';
export type { Params } from './graph/draft-graph.js';
export type { Dependency, Graph, GraphNode, NodeKind, Tags } from './graph/graph.js';
export { exclude } from './modifiers/exclude.js';
export { extractColumns } from './modifiers/extract-columns.js';
export { extractFields } from './modifiers/extract-fields.js';
export { type Group, group } from './modifiers/group.js';
export { inject } from './modifiers/inject.js';
export { parameterize, parameterizeSources, parameterizeValues } from './modifiers/parameterize.js';
export { predicate } from './modifiers/predicate.js';
export { schema } from './modifiers/schema.js';
export { type Source, source } from './modifiers/source.js';
export { tag } from './modifiers/tag.js';
export { tagOutputs } from './modifiers/tag-outputs.js';
export { unpackFields } from './modifiers/unpack-fields.js';
export { type Value, value } from './modifiers/value.js';
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
