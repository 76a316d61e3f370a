export { type ConfigErrorCode, type ConfigProblem, configErrors } from './errors/catalogue.js';
export type { Environment } from './interpolation/interpolate.js';
export { type EnvironmentFile, readEnvironmentFile } from './layers/environment-file.js';
export type { Assignment } from './layers/assignments.js';
export { pipelineKey, validatePipelineName } from './names/pipeline-name.js';
export { isProjectName, projectNameRule } from './names/project-name.js';
export { readPipelineName } from './resolve/read-pipeline-name.js';
export type { EnvironmentText, EnvironmentValue } from './resolve/environment-values.js';
export type { UnsetValue } from './resolve/unset-values.js';
export type { Look, ShownValue } from './resolve/explain-all.js';
export type { Explanation, Offer, Resolved } from './resolve/resolved.js';
export {
  type BuiltConfig,
  type ResolvePipelineOptions,
  resolvePipelineConfig,
} from './resolve/resolve-pipeline-config.js';
export { type ResolveProjectOptions, resolveProjectConfig } from './resolve/resolve-project-config.js';
export {
  aReference,
  type ConfigJsonSchemas,
  configJsonSchemas,
  type JsonSchema,
  orNull,
} from './schema/json-schema.js';
export { type ConfigKey, configKeys } from './schema/config-keys.js';
export type { AdapterConfig } from './schema/adapter-config.js';
export type { Overrides } from './schema/overrides.js';
export type { IoBinding, IoConfig, PipelineConfig } from './schema/pipeline-config.js';
export type { ProjectConfig } from './schema/project-config.js';
export type { RunConfig, RunDefaults } from './schema/run-config.js';
export { type RunOptionEntry, runOptionList } from './schema/run-option-list.js';
export type { Layer } from './source/origin.js';
export type { ConfigText } from './source/source-file.js';
