export type {
  Adapter,
  NodeCall,
  NodeEndEvent,
  NodeStartEvent,
  RunEndEvent,
  RunStartEvent,
} from './adapters/adapter.js';
export type { Check, Collection, Finding, ItemsCheck, Maybe } from './checks/check.js';
export type { FailedItem, Failures } from './model/validation-result.js';
export type { CacheBehavior } from './model/cache-behavior.js';
export type {
  CachedValue,
  CachedVersion,
  CacheEntry,
  CacheRefusal,
  CacheStore,
  CacheStoreSize,
  Computation,
} from './cache/cache-store.js';
export type { DefinedCacheStore } from './cache/cache-engine.js';
export { defineCacheStore } from './cache/define-cache-store.js';
export type { CacheReason, CacheRecord } from './cache/explain.js';
export { type Fingerprint, fingerprint } from './cache/fingerprint.js';
export { memoryCacheStore, type MemoryCacheStoreOptions } from './cache/memory-cache-store.js';
export type { CacheInspection } from './cache/node-cache.js';
export type { CacheOptions } from './cache/resolve-behaviors.js';
export { checkOutput, type CheckOutputOptions } from './checks/check-output.js';
export { countInRange, sorted, unique } from './checks/collection-checks.js';
export { column } from './checks/column.js';
export { DataValidationError } from './checks/data-validation-error.js';
export { type CheckDefinition, type CheckVerdict, defineCheck } from './checks/define-check.js';
export { maxNaNFraction, noNaNs } from './checks/missing-checks.js';
export { maxStandardDeviation, meanInRange } from './checks/moment-checks.js';
export { eachItem, schemaCheck } from './checks/schema-check.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './model/standard-schema.js';
export { contains, doesNotContain, lengthInRange, matches } from './checks/text-checks.js';
export type { Importance, ValidationResult } from './model/validation-result.js';
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
export type { NodeDefinition } from './model/definition.js';
export { node, type NodeOptions } from './model/node.js';
export { createEngine, type EngineOptions } from './engine/create-engine.js';
export type { Engine, EngineExecuteOptions } from './engine/engine.js';
export type { PlanSummary } from './inspect/plan-summary.js';
export { executorsPart } from './engine/executors-part.js';
export { guardedLogPart } from './engine/guarded-log-part.js';
export { type Params, paramsPart } from './engine/params-part.js';
export type { Part } from './engine/part.js';
export { type AdapterOptions, adaptersPart } from './adapters/adapters-part.js';
export { cachePart } from './cache/cache-part.js';
export { fanOutPart } from './fan-out/fan-out-part.js';
export { fanOutsAround, type FanOutsAround } from './inspect/fan-outs-around.js';
export { inspectionPart } from './inspect/inspection-part.js';
export {
  createPreview,
  type PreviewOptions,
  type PreviewRequest,
  type RunPreview,
} from './driver/create-preview.js';
export type { NodePreview, PreviewedAction, PreviewReason } from './preview/node-preview.js';
export type { LastKey } from './cache/explain.js';
export { listAvailableVariables, type ListOptions } from './inspect/list-available-variables.js';
export { explanationsPart } from './explanations/explanations-part.js';
export { optionChecksPart } from './engine/option-checks-part.js';
export { downstreamOf, pathBetween, upstreamOf } from './inspect/reach.js';
export { type CoreErrorCode, coreErrors } from './errors/catalogue.js';
export { defineErrors, type ErrorMaker } from './errors/define-errors.js';
export {
  errorFromProblems,
  FlowerPowerError,
  type FlowerPowerErrorOptions,
  isFlowerPowerError,
  type Place,
  type Problem,
} from './errors/flowerpower-error.js';
export { asPromise } from './model/as-promise.js';
export { isReadOnce } from './model/is-read-once.js';
export { giverOf } from './model/promises.js';
export { isThenable } from './model/is-thenable.js';
export { isError } from './errors/is-error.js';
export { boundedList, lineList, nameList } from './errors/name-list.js';
export { messageOf } from './errors/message-of.js';
export { codeFrame } from './errors/code-frame.js';
export { kindOf } from './errors/kind-of.js';
export {
  optionProblems,
  optionsOf,
  refuseOptions,
  requireArgument,
  requireOptions,
} from './errors/option-problems.js';
export {
  aBoolean,
  aChoice,
  aFunction,
  aListOf,
  aLog,
  aNameList,
  aRecord,
  aSignal,
  anything,
  anyText,
  aText,
  aWhole,
  isRecord,
  type OptionRule,
  type OptionRules,
  required,
  withMethods,
} from './errors/option-rules.js';
export { previewValue } from './errors/preview-value.js';
export { printable } from './errors/printable.js';
export { ownProperty, setOwnProperty } from './model/own-property.js';
export { readProperty } from './errors/read-property.js';
export { shorten } from './errors/shorten.js';
export { createSuggester, didYouMean, suggest } from './errors/suggest.js';
export type { ExportedExecution, ExportedNode } from './inspect/export-execution.js';
export type { Inspection } from './inspect/inspection.js';
export type { GraphVersions } from './inspect/node-versions.js';
export type { TagFilter } from './inspect/tag-filter.js';
export type { Branch, Collect, Dependency, FanOut, Graph, GraphNode, NodeKind, Tags } from './model/graph.js';
export type { DataLoader, DataSaver, LoadedData } from './materialize/contract.js';
export type { OpenRecord, OtherColumns } from './materialize/fits.js';
export { loadNode } from './materialize/load-node.js';
export { saveNode } from './materialize/save-node.js';
export { dataLoader } from './materialize/data-loader.js';
export { dataSaver } from './materialize/data-saver.js';
export { cache, type CacheModifierOptions } from './cache/cache.js';
export { branch, type BranchOptions } from './branch/branch.js';
export { branchPart } from './branch/branch-part.js';
export { readOncePart } from './read-once/read-once-part.js';
export { collect, type CollectOptions } from './fan-out/collect.js';
export { exclude } from './modifiers/variants/exclude.js';
export { extractColumns } from './modifiers/extract/extract-columns.js';
export { extractFields } from './modifiers/extract/extract-fields.js';
export { type Group, group } from './draft/group.js';
export { inject } from './modifiers/variants/inject.js';
export { mutate } from './modifiers/pipe/mutate.js';
export { loadFrom } from './materialize/load-from.js';
export { parameterize, parameterizeSources, parameterizeValues } from './modifiers/variants/parameterize.js';
export {
  parameterizedSubdag,
  type ParameterizedSubdagOptions,
} from './modifiers/subgraph/parameterized-subdag.js';
export { pipeInput, type PipeInputOptions } from './modifiers/pipe/pipe-input.js';
export { pipeOutput, type PipeOutputOptions } from './modifiers/pipe/pipe-output.js';
export { parallelizable, type ParallelizableOptions } from './fan-out/parallelizable.js';
export { predicate } from './modifiers/variants/predicate.js';
export { resolve } from './modifiers/variants/resolve.js';
export { type NodeRetryOptions, retry } from './retry/retry.js';
export { runOn } from './modifiers/notes/run-on.js';
export { saveTo, type SaveToOptions } from './materialize/save-to.js';
export { schema } from './modifiers/notes/schema.js';
export { type Source, source } from './draft/source.js';
export { subdag, type SubdagOptions } from './modifiers/subgraph/subdag.js';
export { type Step, step } from './modifiers/pipe/step.js';
export { tag } from './modifiers/notes/tag.js';
export { tagOutputs } from './modifiers/notes/tag-outputs.js';
export { timeout } from './retry/timeout.js';
export { unpackFields } from './modifiers/extract/unpack-fields.js';
export { type Value, value } from './draft/value.js';
export { withColumns, type WithColumnsOptions } from './modifiers/subgraph/with-columns.js';
export { type ConfigValue, when, whenIn, whenNot, whenNotIn } from './modifiers/variants/when.js';
export {
  type DefinedModule,
  defineModule,
  type ModuleOptions,
  type NodeSource,
  type SourceParameter,
} from './model/define-module.js';
export type { RetryOptions, RetryPredicate } from './retry/backoff.js';
export { hintForErrorName, knownErrorNames } from './retry/error-names.js';
export { FatalError, RetryableError } from './retry/retry-errors.js';
export { createRetryPolicy, type RetryDecision, type RetryPolicy } from './retry/retry-policy.js';
export { unknownErrorNames } from './retry/unknown-error-names.js';
export { NodeExecutionError } from './run/node-execution-error.js';
export type { NodeExecutor, NodeExecutors, NodeTask } from './engine/node-executor.js';
export { createRunId } from './run/run-id.js';
export type { StartOrder } from './run/run-options.js';
export type { NodeOutcome, RunReport } from './run/run-report.js';
export { blamesValue, valuesToBlame } from './run/values-to-blame.js';
export type { CheckGraph, CheckGraphOptions } from './types/check-graph.js';
export type { NodeContext, NodeLog } from './model/functions.js';
export type { InputsOf, NodesOf } from './types/infer.js';
// Last, since a bundle keeps this order and is smaller with what a driver needs in front of it.
export {
  createDriver,
  type Driver,
  type DriverOptions,
  type ExecuteOptions,
} from './driver/create-driver.js';
