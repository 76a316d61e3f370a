export type { BuiltPipeline } from './pipeline/build-pipeline.js';
export type { PipelineDriver } from './pipeline/build-graph.js';
export {
  type FileCacheSize,
  type FileCacheStore,
  fileCacheStore,
  type FileCacheStoreOptions,
} from './cache/file-cache-store.js';
export type { PruneResult } from './cache/prune-files.js';
export { aCallback, type Callback, type CallbackWithArguments, callCallback } from './callbacks/callback.js';
export { type Clock, systemClock } from './clock/clock.js';
export { runOverrideRules } from './config/check-definition.js';
export type { IoEntry, PipelineDefinition, PipelinePart } from './config/pipeline-definition.js';
export {
  type CacheSettings,
  defaultCacheDir,
  defaultRunConfig,
  type ExecutorOptions,
  type RunConfig,
} from './config/run-config.js';
export type { IoBinding, IoNode, LoadNode } from './context/bind-io.js';
export { openLocation, type OpenedLocation } from './context/open-location.js';
export type { FoundSchema } from './context/find-schema.js';
export {
  buildExecutionContext,
  type ExecutionContext,
  type ExecutionContextOptions,
} from './context/build-execution-context.js';
export type { UnsetStorage } from './context/unset-storage.js';
export type { ExecutorResolution, ResolvedExecutor } from './context/resolve-executor.js';
export type { AfterRun, BeforeRun, RunHook, RunHooks } from './config/run-hooks.js';
export { importTimeoutError } from './errors/import-timeout-error.js';
export { processExitError } from './errors/process-exit-error.js';
export { type RuntimeErrorCode, runtimeErrors } from './errors/catalogue.js';
export type { DescribedError } from './errors/describe-error.js';
export { destructureHint, helperHint } from './pipeline/helper-hint.js';
export { isOwnFrame } from './errors/own-frames.js';
export { framesOf, userFrames } from './errors/user-frames.js';
export type {
  ArtifactWrittenEvent,
  LogEvent,
  ItemCounts,
  ItemFailedEvent,
  LoadedFacts,
  NodeCounts,
  NodeFailedEvent,
  NodeNotChosenEvent,
  NodeProgressEvent,
  NodeSkippedEvent,
  NodeStartedEvent,
  NodeStoppedEvent,
  NodeSucceededEvent,
  RetryScheduledEvent,
  RunEvent,
  RunEventListener,
  RunFinishedEvent,
  RunStartedEvent,
} from './events/run-event.js';
export type { ValueSummary } from './events/summarize-value.js';
export { type LogLevel, logLevels } from './logging/log-level.js';
export {
  createLogger,
  type Logger,
  type LoggerOptions,
  type LogOrigin,
  type LogRecord,
  type LogSink,
} from './logging/logger.js';
export { initializeTelemetry, type Telemetry, type TelemetryOptions } from './telemetry/telemetry.js';
export { maskStrings } from './logging/mask-strings.js';
export { ensureLoggingInitialized, type LoggingOptions } from './logging/process-logger.js';
export { ndjsonSink } from './logging/ndjson-sink.js';
export { textSink } from './logging/text-sink.js';
export { FatalError, RetryableError, type RetryDecision, type RetryOptions } from '@flowerpower/core';
export {
  createRetryManager,
  type ExecuteWithRetriesOptions,
  type RetryAttempt,
  type RetryManager,
  type RetryManagerOptions,
} from './retry/retry-manager.js';
export type { SliceOptions } from './config/slice-options.js';
export type { OrderedPipeline, PipelineNeed } from './plan/pipeline-order.js';
export type { PipelinePlan, PlannedAction, PlannedNode, PlannedSave } from './plan/pipeline-plan.js';
export { createPipelineRunner } from './run/pipeline-runner.js';
export type {
  PipelineRunner,
  PipelineRunnerOptions,
  PreviewPipelineOptions,
} from './run/runner-contract.js';
export type { RecordingOptions } from './run/recording/run-recording.js';
export type { ResumeRequest } from './run/resume/resume-request.js';
export type { RunPlan } from './run/prepare/prepare-run.js';
export type { RunOverrides } from './run/prepare/run-overrides.js';
export type { RunControl } from './run/report/run-control.js';
export type { FailedCheck } from './run/recorder/failed-checks.js';
export type {
  FailedRun,
  LoadedMetadata,
  NodeResult,
  RunOutcome,
  RunResult,
  SavedMetadata,
} from './run/report/run-result.js';
export type { NodeScope } from './run/session/node-scope.js';
export type { RunRecord } from './store/record-run.js';
export type { Fingerprints, RunHeader } from './store/run-header.js';
export type { RunProcess } from './store/run-process.js';
export {
  createRunStore,
  type ListRuns,
  type PrunedRuns,
  type PruneRuns,
  type RecordedRun,
  type RunStore,
  type RunStoreOptions,
  type UnreadableRun,
} from './store/run-store.js';
export type { RunSummary } from './store/run-summary.js';
export type { KeptValue, KeptValues, ValueRole, ValueToKeep } from './store/value-files.js';
export { datesAs, type Fitted, jsonAs, type Misfit, textAs } from './typed-values/typed-value.js';
