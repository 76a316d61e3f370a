export {
  errorFromProblems,
  FlowerPowerError,
  type FlowerPowerErrorOptions,
  isFlowerPowerError,
  type Place,
  type Problem,
} from './errors/flowerpower-error.js';
export { didYouMean, suggest } from './errors/suggest.js';
export type { Dependency, Graph, GraphNode, NodeKind, Tags } from './graph/graph.js';
export {
  type DefinedModule,
  defineModule,
  type ModuleOptions,
  type NodeSource,
  type SourceParameter,
} from './modules/define-module.js';
