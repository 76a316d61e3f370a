/** The runs of a project, in one folder of this machine: see docs/decisions/0018. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anything, aText, type OptionRules, required, requireOptions } from '@flowerpower/core';
import { runtimeError } from '../errors/runtime-error.js';
import type { RunEvent } from '../events/run-event.js';
import { followRun } from './follow-run.js';
import { lastEvent, parseEvents } from './read-events.js';
import { recordRun, type RunRecord } from './record-run.js';
import { eventsFile, folderOf, headerFile, startOfFolder, valuesFolder } from './run-folder.js';
import { parseHeader, type RunHeader } from './run-header.js';
import { stateOf } from './run-process.js';
import { type RunSummary, summarizeRun } from './run-summary.js';
import { hasValues, type KeptValues, readValues } from './value-files.js';

export interface RunStoreOptions {
  /** An absolute path; made with the first run. */
  readonly dir: string;
  /** How many runs of each pipeline are kept, the newest ones; at least 1. Default 200. */
  readonly keep?: number | undefined;
  /** Runs that began longer ago go; above 0. Default: no limit. */
  readonly maxAgeMs?: number | undefined;
}

export interface ListRuns {
  /** Only runs of this pipeline. */
  readonly pipeline?: string | undefined;
  readonly status?: RunSummary['status'] | undefined;
  /** At most this many, the newest. Default: all. */
  readonly limit?: number | undefined;
}

export interface RecordedRun {
  readonly header: RunHeader;
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** What in the log was passed over. */
  readonly warnings: readonly string[];
  /** What the run left for one that resumes it. */
  readonly values: KeptValues;
  /** The folder of the run. */
  readonly folder: string;
}

export interface UnreadableRun {
  readonly runId: string;
  /** When it began, in milliseconds since 1970. */
  readonly startedMs: number;
}

export interface PruneRuns {
  /** Instead of those of the store; 0 for none. */
  readonly keep?: number | undefined;
  readonly maxAgeMs?: number | undefined;
  /** Only runs of this pipeline. */
  readonly pipeline?: string | undefined;
}

export interface PrunedRuns {
  /** Ids of the runs that were removed, the oldest first. */
  readonly removed: readonly string[];
  /** How many are left, of all pipelines. */
  readonly left: number;
}

/** Any number of processes may record at once. A run that goes on is never removed. */
export interface RunStore {
  readonly dir: string;
  /**
   * Begins the record of a run, and removes what is beyond the limits now and then.
   *
   * @throws what the filesystem throws; `FP_RUN_RECORDED` when there is a record of that id.
   */
  record(header: RunHeader): RunRecord;
  /** Newest first. Reads the head and the end of each record. @throws (rejects) `FP_BAD_RUN_STORE` for a folder that is none. */
  list(options?: ListRuns): Promise<RunSummary[]>;
  /** Records whose head cannot be read, as when a disk was full: `list` passes them over. Newest first. */
  unreadable(): Promise<UnreadableRun[]>;
  /** @throws (rejects) `FP_UNKNOWN_RUN` */
  read(runId: string): Promise<RecordedRun>;
  /** The events until now and each one that follows, until the run is over. @throws (rejects) `FP_UNKNOWN_RUN` */
  follow(runId: string, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** Removes runs that are too old, and the oldest of each pipeline beyond those that are kept. */
  prune(options?: PruneRuns): Promise<PrunedRuns>;
}

const rules: OptionRules = { dir: required(aText), keep: anything, maxAgeMs: anything };

/** Every so many records of a process the store looks for runs to remove, and with the first one after an hour. */
const recordsBetweenPrunings = 100;
const pruningMs = 60 * 60 * 1000;
/** A folder without a header is litter of a process that was killed as it began. */
const litterMs = 60 * 60 * 1000;

/**
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name, or limits out of range.
 *
 * @example
 * ```ts
 * import { createRunStore } from '@flowerpower/runtime';
 *
 * const store = createRunStore({ dir: '/tmp/shop/.flowerpower/runs' });
 * for (const { pipeline, status } of await store.list({ limit: 10 })) console.log(pipeline, status);
 * ```
 */
export function createRunStore(options: RunStoreOptions): RunStore {
  requireOptions(options, rules, 'createRunStore');
  const { dir, keep = 200, maxAgeMs = Number.POSITIVE_INFINITY } = options;
  requireLimits(keep, maxAgeMs);
  const marker = join(dir, '.pruned');
  let recorded = 0;

  /** Folders of runs, the newest first. */
  function folders(): string[] {
    let names: string[];
    try {
      names = readdirSync(dir).filter((name) => !name.startsWith('.'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw noFolder(dir, error);
    }
    const others = names.filter((name) => startOfFolder(name) === undefined);
    if (others.length === 0) return names.sort().reverse();
    const starts = new Map(names.map((name) => [name, startOfFolder(name) ?? startOfRun(join(dir, name))]));
    return names.sort((a, b) => starts.get(b)! - starts.get(a)! || (a < b ? 1 : -1));
  }

  function summaryOf(folder: string): RunSummary | undefined {
    const header = headerOf(folder);
    if (header === undefined) return undefined;
    const file = join(folder, eventsFile);
    return summarizeRun({
      header,
      last: existsSync(file) ? lastEvent(file) : undefined,
      all: () => eventsOf(folder).events,
      processState: () => stateOf(header.process),
      nowMs: Date.now(),
    });
  }

  /** What a run has kept; of one that was killed, what it had taken over and the run that it resumed still has. */
  function valuesOf({ runId, resumeOf, reused = [] }: RunHeader, after: ReadonlySet<string>): KeptValues {
    const folder = join(dir, folderOf(runId), valuesFolder);
    const own = readValues(folder);
    if (hasValues(folder) || resumeOf === undefined || after.has(resumeOf)) return own;
    const before = headerOf(join(dir, folderOf(resumeOf)));
    if (before === undefined) return own;
    const { node } = valuesOf(before, new Set([...after, resumeOf]));
    return { ...own, node: new Map([...node].filter(([name]) => reused.includes(name))) };
  }

  function pruneNow({ keep: kept = keep, maxAgeMs: age = maxAgeMs, pipeline }: PruneRuns): PrunedRuns {
    const nowMs = Date.now();
    const counts = new Map<string, number>();
    const removed: string[] = [];
    let left = 0;
    for (const name of folders()) {
      const folder = join(dir, name);
      const header = headerOf(folder);
      if (header === undefined) {
        if (isLitter(name, folder, nowMs) || isOldAndTorn(folder, nowMs))
          rmSync(folder, { recursive: true, force: true });
        continue;
      }
      left++;
      if (pipeline !== undefined && header.pipeline !== pipeline) continue;
      const count = (counts.get(header.pipeline) ?? 0) + 1;
      counts.set(header.pipeline, count);
      if (count <= kept && nowMs - Date.parse(header.startedAt) <= age) continue;
      if (summaryOf(folder)?.status === 'running') continue;
      rmSync(folder, { recursive: true, force: true });
      removed.push(header.runId);
      left--;
    }
    return { removed: removed.reverse(), left };
  }

  function pruneWhenDue(): void {
    if (recorded++ % recordsBetweenPrunings !== 0) return;
    if (recorded === 1 && Date.now() - modifiedMs(marker) < pruningMs) return;
    writeFileSync(marker, '');
    pruneNow({});
  }

  return {
    dir,
    record(header) {
      if (!existsSync(dir)) {
        mkdirSync(dir, { recursive: true });
        // Records are nothing to commit.
        writeFileSync(join(dir, '.gitignore'), '*\n');
      }
      const folder = join(dir, folderOf(header.runId));
      let record: RunRecord;
      try {
        record = recordRun(folder, header);
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? recordedBefore(header.runId) : error;
      }
      pruneWhenDue();
      return record;
    },
    async list({ pipeline, status, limit = Number.POSITIVE_INFINITY } = {}) {
      const found: RunSummary[] = [];
      for (const name of folders()) {
        if (found.length >= limit) break;
        const summary = summaryOf(join(dir, name));
        if (summary === undefined) continue;
        if (pipeline !== undefined && summary.pipeline !== pipeline) continue;
        if (status === undefined || summary.status === status) found.push(summary);
      }
      return found;
    },
    async unreadable() {
      return folders().flatMap((name) => {
        const folder = join(dir, name);
        if (headerOf(folder) !== undefined || !existsSync(join(folder, headerFile))) return [];
        return [{ runId: name, startedMs: startOfFolder(name) ?? modifiedMs(folder) }];
      });
    },
    async read(runId) {
      const folder = join(dir, folderOf(runId));
      const header = headerOf(folder);
      if (header === undefined) throw unknownRun(runId, dir);
      const { events, warnings } = eventsOf(folder);
      const summary = summarizeRun({
        header,
        last: events.at(-1),
        all: () => events,
        processState: () => stateOf(header.process),
        nowMs: Date.now(),
      });
      return { header, summary, events, warnings, values: valuesOf(header, new Set([runId])), folder };
    },
    async *follow(runId, signal) {
      const folder = join(dir, folderOf(runId));
      const header = headerOf(folder);
      if (header === undefined) throw unknownRun(runId, dir);
      yield* followRun(join(folder, eventsFile), () => stateOf(header.process).state !== 'dead', signal);
    },
    prune: async (limits = {}) => pruneNow(limits),
  };
}

function headerOf(folder: string): RunHeader | undefined {
  try {
    return parseHeader(readFileSync(join(folder, headerFile), 'utf8'));
  } catch {
    return undefined;
  }
}

function eventsOf(folder: string) {
  try {
    return parseEvents(readFileSync(join(folder, eventsFile), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { events: [], warnings: [] };
  }
}

function startOfRun(folder: string): number {
  return Date.parse(headerOf(folder)?.startedAt ?? '') || modifiedMs(folder);
}

function isLitter(name: string, folder: string, nowMs: number): boolean {
  const startedMs = startOfFolder(name);
  return startedMs !== undefined && nowMs - startedMs > litterMs && !existsSync(join(folder, headerFile));
}

/** A head that was begun and never ended. One of a newer FlowerPower is whole. */
function isOldAndTorn(folder: string, nowMs: number): boolean {
  const file = join(folder, headerFile);
  if (!existsSync(file) || nowMs - modifiedMs(file) <= litterMs) return false;
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return false;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

/** 0 for what is not there. */
function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function requireLimits(keep: number, maxAgeMs: number): void {
  const problems = [
    ...(Number.isInteger(keep) && keep >= 1
      ? []
      : [`keep must be a whole number of at least 1, got ${keep}`]),
    ...(maxAgeMs > 0 ? [] : [`maxAgeMs must be above 0, got ${maxAgeMs}`]),
  ];
  if (problems.length === 0) return;
  throw runtimeError({
    code: 'FP_BAD_RUN_STORE',
    message: `The run store cannot be made: ${problems.join('; ')}.`,
    hint: 'Leave a limit out for its default.',
  });
}

function noFolder(dir: string, cause: unknown) {
  return runtimeError(
    {
      code: 'FP_BAD_RUN_STORE',
      message: `The runs cannot be read from ${dir}: ${(cause as Error).message}.`,
      hint: 'Records of runs need a folder there: move what is in its place, or name another one as runs.dir in conf/project.yml.',
    },
    { cause },
  );
}

function unknownRun(runId: string, dir: string) {
  if (existsSync(join(dir, folderOf(runId), headerFile))) {
    return runtimeError({
      code: 'FP_UNKNOWN_RUN',
      message: `The record of the run '${runId}' in ${dir} cannot be read: it is damaged, or of a newer FlowerPower.`,
      hint: 'Run its pipeline again.',
    });
  }
  return runtimeError({
    code: 'FP_UNKNOWN_RUN',
    message: `There is no record of a run '${runId}' in ${dir}.`,
    hint: 'List the runs with `flowerpower runs ls`. Old ones are removed; see runs.keep in conf/project.yml.',
  });
}

function recordedBefore(runId: string) {
  return runtimeError({
    code: 'FP_RUN_RECORDED',
    message: `There is a record of a run '${runId}' already.`,
    hint: 'Leave runId out, or give each run an id of its own.',
  });
}
