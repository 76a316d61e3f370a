import { FlowerPowerError } from '@flowerpower/core';
import type { RunStore, RuntimeErrorCode } from '@flowerpower/runtime';

/** The id of the run that is meant: `last` is the one that began last. */
export async function findRun(store: RunStore, run: string): Promise<string> {
  if (run !== 'last') return run;
  const [last] = await store.list({ limit: 1 });
  const [torn] = await store.unreadable();
  const code: RuntimeErrorCode = 'FP_UNKNOWN_RUN';
  if (torn !== undefined && (last === undefined || torn.startedMs > Date.parse(last.startedAt))) {
    throw new FlowerPowerError({
      code,
      message: `The run that began last, ${torn.runId}, cannot be read: its record in ${store.dir} is damaged, or of a newer FlowerPower.`,
      hint:
        last === undefined
          ? 'Run the pipeline again.'
          : `Run its pipeline again. The last run with a record is ${last.runId}; name it if it is meant.`,
    });
  }
  if (last !== undefined) return last.runId;
  throw new FlowerPowerError({
    code,
    message: `No run is recorded in ${store.dir}.`,
    hint: 'Run a pipeline first. Runs with --no-record, or run.record: false, leave no record.',
  });
}
