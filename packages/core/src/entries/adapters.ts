/** Observers and middleware of runs. */
export type {
  Adapter,
  AdapterOptions,
  DebugAdapterOptions,
  DebugMoment,
  GracefulErrorsAdapterOptions,
  NodeCall,
  NodeEndEvent,
  NodeFilter,
  NodeStartEvent,
  PrintAdapterOptions,
  Progress,
  ProgressAdapterOptions,
  RunEndEvent,
  RunStartEvent,
  SlowDownAdapterOptions,
  TypeCheckAdapterOptions,
} from '../index.js';
export {
  adaptersPart,
  debugAdapter,
  gracefulErrorsAdapter,
  printAdapter,
  progressAdapter,
  slowDownAdapter,
  typeCheckAdapter,
} from '../index.js';
