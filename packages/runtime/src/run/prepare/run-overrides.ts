import type { Adapter } from '@flowerpower/core';
import type { SliceOptions } from '../../config/slice-options.js';
import type { ResultBuilder } from '@flowerpower/plugin';
import type { RunConfig } from '../../config/run-config.js';
import type { ResumeRequest } from '../resume/resume-request.js';

/** What one run changes against the pipeline's configuration. */
export interface RunOverrides extends SliceOptions {
  /** Laid over the configured inputs, name by name; a value is replaced as a whole. Undefined counts as not given. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Nodes to compute instead of the configured ones. Then only the savers of nodes that are computed for these run;
   * ask for `save.x` to run one more. Empty counts as not given.
   */
  readonly outputs?: readonly string[] | undefined;
  /** Values that take the place of nodes; what only they would have needed does not run. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** Cancels the run: nothing new starts, running nodes are told through their context. */
  readonly signal?: AbortSignal | undefined;
  /** Default: a new UUID version 7. */
  readonly runId?: string | undefined;
  /**
   * Goes on from a run that ended badly: what it has done and what is still what it was does not run again. Inputs and outputs
   * are those of that run where none are given.
   */
  readonly resume?: ResumeRequest | undefined;
  /** What makes one value, `value` of the result, of the outputs: by the name under which a plugin brings it, or itself. */
  readonly resultBuilder?: string | ResultBuilder | undefined;
  /** Observers and middleware of this run. */
  readonly adapters?: readonly Adapter[] | undefined;
  /** In place of the configured one: called once, after the last attempt of a run that succeeded. */
  readonly onSuccess?: RunConfig['onSuccess'];
  /** In place of the configured one: called once, after the last attempt of a run that did not succeed. */
  readonly onFailure?: RunConfig['onFailure'];
}
