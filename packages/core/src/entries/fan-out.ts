/** Nodes that run once for each item of a list. */
export type { CollectOptions, ParallelizableOptions } from '../index.js';
export { collect, fanOutPart, parallelizable } from '../index.js';
