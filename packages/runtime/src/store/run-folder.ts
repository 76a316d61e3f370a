/** Folders of runs: each is named by the id of its run, and ids made by FlowerPower sort by time. */
import { createHash } from 'node:crypto';

export const headerFile = 'run.json';
export const eventsFile = 'events.ndjson';
export const valuesFolder = 'values';

const timed = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The folder of a run. An id of the caller's own may hold anything; one that is no safe name gets a name made of it. */
export function folderOf(runId: string): string {
  if (timed.test(runId) || isSafeName(runId)) return runId;
  return `id-${createHash('sha256').update(runId).digest('hex').slice(0, 32)}`;
}

/** When a run of this folder began, in milliseconds since 1970; undefined for an id of the caller's own. */
export function startOfFolder(name: string): number | undefined {
  const [, high, low] = timed.exec(name) ?? [];
  return high === undefined ? undefined : Number.parseInt(`${high}${low}`, 16);
}

/** On every system a plain name of a folder, with no other spelling. */
function isSafeName(runId: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,99}$/.test(runId) && !/^(con|prn|aux|nul|com\d|lpt\d|id-.*)$/.test(runId);
}
