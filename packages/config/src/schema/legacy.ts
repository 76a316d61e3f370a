/** Keys of the Python FlowerPower that stand elsewhere here, or that this version has no feature for. */

/** Former place in `run` → place in `run.retry`, which has the same name. */
export const movedToRetry = ['maxRetries', 'retryDelay', 'jitterFactor', 'retryExceptions'] as const;

/** Keys of `run` without a feature behind them → what a user should know. */
export const retiredRunKeys: Readonly<Record<string, string>> = {
  adapter: 'Adapters are switched on under `withAdapter`, or given in code.',
  pipelineAdapterCfg: 'Adapter settings belong under `adapter` of the pipeline.',
  projectAdapterCfg: 'Adapter settings belong under `adapter` of the project.',
  asyncDriver: 'Every run accepts asynchronous nodes; there is nothing to choose.',
};

/** Keys of `run.cache` without a feature behind them → what a user should know. */
export const retiredCacheKeys: Readonly<Record<string, string>> = {
  logToFile: 'What the cache did is part of the events of a run.',
  metadataStore: 'The cache keeps everything in one folder, `dir`.',
  resultStore: 'The cache keeps everything in one folder, `dir`.',
};

/** True for every value that leaves a feature off: null, false, and maps or lists of nothing else. */
export function isOff(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isOff);
}
