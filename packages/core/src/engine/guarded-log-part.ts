import { messageOf } from '../errors/message-of.js';
import { safeLog } from '../model/safe-log.js';
import type { Part } from './part.js';

/**
 * The log that an engine or a run is given decides nothing: what it throws, or rejects with where it is asynchronous, is
 * said once, on the console, and the run goes on. Without this part such a log fails whoever writes to it.
 */
export function guardedLogPart(): Part {
  let isReported = false;
  const report = (error: unknown) => {
    if (isReported) return;
    isReported = true;
    console.warn(`A log that runs were given fails; its lines are lost: ${messageOf(error)}`);
  };
  return { guardLog: (log) => safeLog(log, report) };
}
