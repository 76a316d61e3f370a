import { messageOf } from '@flowerpower/core';
import type { ExecutionContext } from '../../context/build-execution-context.js';
import { writeLastKeys } from '../../plan/last-keys.js';
import type { ActiveRun } from '../attempts/active-run.js';

/** Keeps what the keys of a run stood for, so that a later plan can say what has changed. Changes nothing about the run. */
export async function rememberKeys(
  { prepared, log }: Pick<ActiveRun, 'prepared' | 'log'>,
  { caches }: Pick<ExecutionContext, 'caches'>,
): Promise<void> {
  const { definition, driver } = prepared.built;
  const { cache } = definition.run;
  if (driver.cache === undefined || cache === undefined) return;
  try {
    await writeLastKeys(caches.folder(cache), definition.name, driver.cache.lastKeys());
  } catch (error) {
    log.debug(`What this run found out for later plans could not be kept: ${messageOf(error)}`);
  }
}
