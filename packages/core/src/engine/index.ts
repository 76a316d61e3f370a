/** The engine alone, for those who count bytes: functions become a graph that runs. What else it can do are parts. */
export type { NodeDefinition } from '../model/definition.js';
export { node, type NodeOptions } from '../model/node.js';
export { createEngine, type EngineOptions } from './create-engine.js';
export type { Engine, EngineExecuteOptions } from './engine.js';
export { executorsPart } from './executors-part.js';
export { guardedLogPart } from './guarded-log-part.js';
export { optionChecksPart } from './option-checks-part.js';
export { type Params, paramsPart } from './params-part.js';
export type { Part } from './part.js';
export { type CoreErrorCode, coreErrors } from '../errors/catalogue.js';
export { defineErrors, type ErrorMaker } from '../errors/define-errors.js';
export {
  errorFromProblems,
  FlowerPowerError,
  type FlowerPowerErrorOptions,
  isFlowerPowerError,
  type Place,
  type Problem,
} from '../errors/flowerpower-error.js';
export { isError } from '../errors/is-error.js';
export { messageOf } from '../errors/message-of.js';
export { blamesValue, valuesToBlame } from '../run/values-to-blame.js';
export { codeFrame } from '../errors/code-frame.js';
export { kindOf } from '../errors/kind-of.js';
export { boundedList, lineList, nameList } from '../errors/name-list.js';
export {
  optionProblems,
  optionsOf,
  refuseOptions,
  requireArgument,
  requireOptions,
} from '../errors/option-problems.js';
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
} from '../errors/option-rules.js';
export { previewValue } from '../errors/preview-value.js';
export { printable } from '../errors/printable.js';
export { readProperty } from '../errors/read-property.js';
export { shorten } from '../errors/shorten.js';
export { createSuggester, didYouMean, suggest } from '../errors/suggest.js';
export type {
  Branch,
  Collect,
  Dependency,
  FanOut,
  Graph,
  GraphNode,
  NodeKind,
  Tags,
} from '../model/graph.js';
export {
  type DefinedModule,
  defineModule,
  type ModuleOptions,
  type NodeSource,
  type SourceParameter,
} from '../model/define-module.js';
export { NodeExecutionError } from '../run/node-execution-error.js';
export type { NodeExecutor, NodeExecutors, NodeTask } from './node-executor.js';
export { asPromise } from '../model/as-promise.js';
export { isReadOnce } from '../model/is-read-once.js';
export { giverOf } from '../model/promises.js';
export { isThenable } from '../model/is-thenable.js';
export { ownProperty, setOwnProperty } from '../model/own-property.js';
export { createRunId } from '../run/run-id.js';
export type { NodeOutcome, RunReport } from '../run/run-report.js';
export type { CheckGraph, CheckGraphOptions } from '../types/check-graph.js';
export type { NodeContext, NodeLog } from '../model/functions.js';
export type { InputsOf, NodesOf } from '../types/infer.js';
