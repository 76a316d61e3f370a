/** The runs of a project that were recorded. */
import {
  anything,
  aSignal,
  aText,
  type OptionRules,
  requireArgument,
  requireOptions,
} from '@flowerpower/core';
import {
  createRunStore,
  type ListRuns,
  type PrunedRuns,
  type PruneRuns,
  type RecordedRun,
  type RunEvent,
  type RunStore,
  type RunSummary,
  type UnreadableRun,
} from '@flowerpower/runtime';
import { findRun } from './find-run.js';

/** A run is named by its id; `last` is the one that began last. */
export interface ProjectRuns {
  /** Where they are. */
  readonly dir: string;
  /** Newest first; reads the head and the end of each record. */
  list(options?: ListRuns): Promise<RunSummary[]>;
  /** Records whose head cannot be read; `list` passes them over. Newest first. */
  unreadable(): Promise<UnreadableRun[]>;
  /** All that is recorded of a run. @throws (rejects) `FP_UNKNOWN_RUN` */
  show(run: string): Promise<RecordedRun>;
  /**
   * Its events until now and each one that follows, until it is over.
   *
   * @throws (rejects) `FP_UNKNOWN_RUN`
   */
  events(run: string, options?: { readonly signal?: AbortSignal | undefined }): AsyncIterable<RunEvent>;
  /** Removes runs beyond `runs.keep` and `runs.maxAge`, or beyond these limits. One that goes on stays. */
  prune(options?: PruneRuns): Promise<PrunedRuns>;
}

const listRules: OptionRules = { pipeline: aText, status: aText, limit: anything };
const pruneRules: OptionRules = { pipeline: aText, keep: anything, maxAgeMs: anything };

export function createProjectRuns(options: {
  readonly dir: string;
  readonly keep?: number | undefined;
  readonly maxAge?: number | undefined;
}): {
  readonly store: RunStore;
  readonly runs: ProjectRuns;
} {
  const { dir, keep, maxAge } = options;
  const store = createRunStore({ dir, keep, maxAgeMs: maxAge === undefined ? undefined : maxAge * 1000 });
  const idOf = (run: string) => {
    requireArgument('The run', aText, run);
    return findRun(store, run);
  };
  const runs: ProjectRuns = {
    dir,
    async list(request = {}) {
      requireOptions(request, listRules, 'runs.list');
      return store.list(request);
    },
    unreadable: () => store.unreadable(),
    show: async (run) => store.read(await idOf(run)),
    async *events(run, request = {}) {
      requireOptions(request, { signal: aSignal }, 'runs.events');
      yield* store.follow(await idOf(run), request.signal);
    },
    async prune(request = {}) {
      requireOptions(request, pruneRules, 'runs.prune');
      return store.prune(request);
    },
  };
  return { store, runs };
}
