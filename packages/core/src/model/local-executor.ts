/** The executor that nodes have without `runOn`: a plain call. Needs no entry among the executors. */
export const localExecutor = 'local';
