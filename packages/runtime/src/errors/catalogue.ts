import type { CoreErrorCode, Place } from '@flowerpower/core';

/** Every code that this package raises itself, with the sentence that explains it. */
export const runtimeErrors = {
  FP_INVALID_PIPELINE: 'A pipeline cannot run as it is configured; each problem is listed.',
  FP_INVALID_RUN_OPTION: 'A value of the run configuration is outside its range, or contradicts another one.',
  FP_UNKNOWN_EXECUTOR: 'The configuration names an executor that does not exist in this version.',
  FP_ADAPTER_REFUSAL: 'An adapter that is switched on has something against a graph or the inputs of a run.',
  FP_RESULT_BUILDER: 'The result builder of a run failed; all of its nodes had succeeded.',
  FP_UNKNOWN_RETRY_EXCEPTION: '`retryExceptions` names an error that nothing known can raise.',
  FP_UNKNOWN_PARAMS_KEY: 'A name under `params` is neither a node nor an input of the pipeline.',
  FP_INVALID_PARAMS: 'A value under `params` does not fit the node or input it is meant for.',
  FP_SAVED_TWICE: 'Two savers of one run write the same file, or into one folder.',
  FP_SAVED_OVER_LOADED:
    'A saver writes the file that a loader of the same run reads, and may do so before it was read.',
  FP_IO_BINDING: 'An entry under `io` cannot be bound: its name or type is wrong.',
  FP_UNKNOWN_SAVE_TARGET: '`io.save` names a node that does not exist.',
  FP_SAVED_PER_ITEM:
    'A saver of one path saves a node that has a value for each item of a fan-out: each would overwrite the one before.',
  FP_NOTHING_TO_RUN: 'The pipeline has no node to compute and nothing to save.',
  FP_PIPELINE_ORDER: 'Pipelines that are to run together load what the others save, in a circle.',
  FP_SLICE_CONFLICT: 'Options of a run that each say what is to be computed are given together.',
  FP_SLICE_EMPTY: 'A run is restricted to nodes that do not exist, or that do not need each other.',
  FP_SLICE_VALUES: 'A run with `only` needs values of other nodes that are not kept anywhere.',
  FP_FILE_SYSTEM_START: 'A filesystem could not be created for a URI of the pipeline.',
  FP_STORAGE_OPTIONS: 'The storage options of a scheme are not what its filesystem accepts.',
  FP_FILE_SYSTEMS: 'A location under `fileSystems` has a name that is taken, or several cannot be used.',
  FP_HOOK_FAILED: 'A hook that is called before a run failed; no node was run.',
  FP_ATTEMPT_TIMEOUT: 'An attempt of a RetryManager took longer than its `attemptTimeout`.',
  FP_RUN_TIMEOUT: 'The run took longer than its timeout.',
  FP_RUN_STALLED: 'A run waits for nodes that nothing is left to end: a promise that nobody settles.',
  FP_STRAY_ERROR:
    'A node left an error that nobody caught: a rejection without a handler, or a throw in a timer.',
  FP_PROCESS_EXIT: 'A node or a module called `process.exit()` while the process had more to do.',
  FP_NODES_FAILED: 'Several nodes of a run with `onError: continue` failed; each is listed.',
  FP_RUN_ID_IN_USE: 'A run was started with the id of a run that has not ended.',
  FP_BAD_RUN_STORE: 'A run store was given limits or a folder that it cannot work with.',
  FP_RUN_RECORDED: 'There is a record of a run with the same id already.',
  FP_UNKNOWN_RUN: 'There is no record of the run.',
  FP_RESUME_CHANGED: 'A run is to be resumed with other inputs or another configuration than it was made of.',
  FP_RUNNER_CLOSED: 'A pipeline runner was used after it was closed.',
  FP_BAD_CACHE_STORE: 'A file cache store was given limits that it cannot work with.',
  FP_CACHE_DIRECTORY:
    'A cache would be kept in the folder of the project itself, or in one that holds something else.',
  FP_CACHE_ENTRY_DAMAGED: 'A file of the cache was damaged; it was deleted, and its value is computed again.',
  FP_CLOSE_FAILED: 'Some filesystems could not be closed; each is listed.',
} as const;

export type RuntimeErrorCode = keyof typeof runtimeErrors;

/** A problem with one of this package's codes, or one that an inner package reported. */
export interface RuntimeProblem {
  readonly code: RuntimeErrorCode | CoreErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly places?: readonly Place[] | undefined;
}
