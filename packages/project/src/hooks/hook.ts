/** The functions of a project that are called around its runs, and what they are told. */
import type { Overrides, PipelineConfig } from '@flowerpower/config';
import type { AfterRun, BeforeRun, FailedRun, RunResult } from '@flowerpower/runtime';

/** `export const buildConfig`: settings for a run that files and variables cannot know, such as those of a message. */
export type BuildConfigHook = (
  told: ConfigRequest,
) => PipelineSettings | undefined | Promise<PipelineSettings | undefined>;

/** As the YAML of the pipeline says it: `{ params: …, run: { inputs: … } }`. */
export type PipelineSettings = Overrides<PipelineConfig>;

export interface ConfigRequest {
  readonly pipeline: string;
  /** The environment, as `--env` names it. */
  readonly env: string | undefined;
  /** As it is without hooks. */
  readonly config: PipelineConfig;
}

/** `export const beforeRun`: called before the first node; one that throws fails the run. */
export type BeforeRunHook = (told: BeforeRun) => unknown;

/** `export const afterRun`: called after the last attempt, however it ended. */
export type AfterRunHook = (told: AfterRun) => unknown;

/** `export const onSuccess`: called after a run that succeeded. */
export type SuccessHook = (told: Omit<AfterRun, 'outcome'> & { readonly result: RunResult }) => unknown;

/** `export const onFailure`: called after a run that did not succeed. */
export type FailureHook = (
  told: Omit<AfterRun, 'outcome'> & { readonly outcome: FailedRun; readonly error: unknown },
) => unknown;

/** The names under which a file of hooks exports what is called by itself. */
export const moments = ['buildConfig', 'beforeRun', 'afterRun', 'onSuccess', 'onFailure'] as const;

export type HookMoment = (typeof moments)[number];
