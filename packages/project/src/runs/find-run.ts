import { FlowerPowerError } from '@flowerpower/core';
import type { RunStore, RuntimeErrorCode } from '@flowerpower/runtime';

/** The id of the run that is meant: `last` is the one that began last. */
export async function findRun(store: RunStore, run: string): Promise<string> {
  if (run !== 'last') return run;
  const [last] = await store.list({ limit: 1 });
  if (last !== undefined) return last.runId;
  const code: RuntimeErrorCode = 'FP_UNKNOWN_RUN';
  throw new FlowerPowerError({
    code,
    message: `No run is recorded in ${store.dir}.`,
    hint: 'Run a pipeline first. Runs with --no-record, or run.record: false, leave no record.',
  });
}
