export { checkErrors, type CheckErrorCode } from './check/catalogue.js';
export { checkEdges, type CheckOptions } from './check/check-edges.js';
export type { CheckModule } from './check/checked-module.js';
export type { LoadedInput } from './check/loaded-input.js';
export type {
  CheckProblem,
  CheckReport,
  CompilerMessage,
  EdgeProblem,
  EdgeSource,
  EdgeTarget,
  MissingInput,
  NodeProblem,
  SourceProblem,
  UncheckedEdge,
} from './check/report.js';
export { type AddedHook, type AddHookOptions, type HookType, hookTypes } from './hooks/add-hook.js';
export type {
  AfterRunHook,
  BeforeRunHook,
  BuildConfigHook,
  ConfigRequest,
  FailureHook,
  PipelineSettings,
  SuccessHook,
} from './hooks/hook.js';
export { RunConfigBuilder } from './run-config/run-config-builder.js';
export { projectNames, type ProjectNames } from './catalog/project-names.js';
export type { PipelineEntry } from './catalog/read-catalog.js';
export type { NewPipeline, NewPipelineOptions } from './create/new-pipeline.js';
export { newProject, type NewProject, type NewProjectOptions } from './create/new-project.js';
export type { DrawFormat, DrawPipelineOptions } from './draw/draw-graph.js';
export { type ProjectErrorCode, projectErrors } from './errors/catalogue.js';
export { createProject, FlowerPower, initializeProject } from './facade.js';
export {
  type CreateProjectOptions,
  FlowerPowerProject,
  type LoadProjectOptions,
} from './flowerpower-project.js';
export type { ShowConfigurationOptions, ShownConfiguration } from './configuration/show-configuration.js';
export type { ProjectRuns } from './runs/project-runs.js';
export type { Resumable, ResumedRun, ResumeOptions, ResumesRuns } from './pipelines/resume-run.js';
export type { ExportedSchemas, ExportSchemasOptions } from './schemas/export-schemas.js';
export { isRemote } from './remote/is-remote.js';
export { findProjectRoot } from './layout/find-project-root.js';
export type { PipelineManager } from './pipeline-manager.js';
export type { ProjectCache } from './pipelines/list-caches.js';
export type { LoadRequest, RunLimits } from './pipelines/load-pipeline.js';
export type { LoadedPipeline } from './pipelines/loaded-pipeline.js';
export type { CheckPipelineOptions, StartReport, UnfinishedOutputs } from './pipelines/look-at-pipeline.js';
export type { DeletedPipeline, DeletePipelineOptions } from './transfer/delete-pipeline.js';
export type { MovesPipelines, TransferOptions } from './transfer/moves-pipelines.js';
export type { TransferredPipelines } from './transfer/transfer-pipelines.js';
export type { PipelineOverrides } from './pipelines/pipeline-overrides.js';
export type {
  FileSummary,
  ModuleSummary,
  PipelineSummary,
  SummaryOptions,
} from './summary/summarize-pipelines.js';
export type {
  InputValue,
  NodeValue,
  OutputName,
  PipelineName,
  PipelineTypes,
  ResultOf,
  RunOptionsOf,
} from './typegen/pipeline-types.js';
export type { TypegenOptions, WrittenTypes } from './typegen/write-types.js';
export type { PlanPipelineOptions } from './pipelines/run-pipeline.js';
export {
  type PipelineRun,
  type PipelineRuns,
  runInOrder,
  type SkippedRun,
} from './pipelines/run-in-order.js';
