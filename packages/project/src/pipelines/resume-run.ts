/** Goes on from a run that ended badly. */
import { aBoolean, aText, FlowerPowerError, requireArgument, requireOptions } from '@flowerpower/core';
import type { RecordedRun, RunResult, RunSummary } from '@flowerpower/runtime';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { LoadRequest, PipelineLoader } from './load-pipeline.js';
import type { LoadedPipeline } from './loaded-pipeline.js';
import { type PipelineOverrides, runOverrides } from './pipeline-overrides.js';
import type { RunsPipelines } from './run-pipeline.js';
import type { ProjectRuns } from '../runs/project-runs.js';

/** What goes above what the run was given when it began. */
export interface ResumeOptions extends Omit<PipelineOverrides, 'resume'> {
  /**
   * Go on although inputs, `run.config` or the environment are not those of the run; what depends on them is computed
   * anew. Default false: `FP_RESUME_CHANGED`.
   */
  readonly force?: boolean | undefined;
}

/** A run that can be gone on from, with its pipeline as it is now. */
export interface Resumable {
  readonly from: RecordedRun;
  readonly pipeline: LoadedPipeline;
  /** For `settle` and `run` of the manager. */
  readonly overrides: PipelineOverrides;
}

export interface ResumesRuns {
  /**
   * Finds a run, reads its pipeline as it is now and puts together what the run was given. Executes no node.
   *
   * @throws (rejects) `FP_UNKNOWN_RUN`; `FP_RUN_GOES_ON`; `FP_RESUME_ENVIRONMENT`; what `load` throws.
   */
  prepareResume(
    run: string,
    options?: ResumeOptions,
    request?: Pick<LoadRequest, 'onLimits'>,
  ): Promise<Resumable>;
  /**
   * Runs what a run that ended badly has not done, in a new run.
   *
   * @param run - `last` for the run that began last, or its id.
   * @throws (rejects) what `prepareResume` and `run` throw; `FP_RESUME_CHANGED` for other inputs or another `run.config`.
   */
  resume(run: string, options?: ResumeOptions): Promise<ResumedRun>;
}

/** What resuming a run gave. */
export interface ResumedRun {
  /** The run that was gone on from. */
  readonly of: RunSummary;
  /** Absent where that run had ended well, and there was nothing to do. */
  readonly result?: RunResult | undefined;
}

export function resumesRuns(
  { runs, env }: { readonly runs: ProjectRuns; readonly env: string | undefined },
  { load }: PipelineLoader,
  { run: runPipeline }: RunsPipelines,
): ResumesRuns {
  const prepareResume: ResumesRuns['prepareResume'] = async (run, options = {}, request = {}) => {
    requireArgument('The run', aText, run);
    const { force, ...given } = options;
    requireOptions({ force }, { force: aBoolean }, 'resume');
    const from = await runs.show(run);
    const { summary, header, values } = from;
    if (summary.status === 'running') throw goesOn(summary);
    if (force !== true && header.env !== env) throw otherEnvironment(summary.runId, header.env, env);
    const settings = values.request.get('settings');
    const read = settings?.isKept === true ? settings.load() : undefined;
    const before = read !== undefined && 'value' in read ? (read.value as PipelineOverrides) : {};
    const overrides: PipelineOverrides = {
      ...before,
      ...given,
      set: [...(before.set ?? []), ...(given.set ?? [])],
      resume: { from, force },
    };
    const pipeline = await load(header.pipeline, overrides, { forRun: true, ...request });
    return { from, pipeline, overrides };
  };
  return {
    prepareResume,
    async resume(run, options) {
      const { summary } = await runs.show(run);
      if (summary.status === 'success') return { of: summary };
      const { pipeline, overrides } = await prepareResume(summary.runId, options);
      return { of: summary, result: await runPipeline(pipeline, runOverrides(overrides)) };
    },
  };
}

function goesOn({ runId, because }: RunSummary): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_RUN_GOES_ON';
  return new FlowerPowerError({
    code,
    message: `The run ${runId} has not ended${because === undefined ? '' : `, as far as can be told: ${because}`}.`,
    hint: 'Wait for its end, or end its process. To watch it: flowerpower runs logs --follow.',
  });
}

function otherEnvironment(runId: string, was: string | undefined, is: string | undefined): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_RESUME_ENVIRONMENT';
  const named = (env: string | undefined) =>
    env === undefined ? 'no environment' : `the environment '${env}'`;
  return new FlowerPowerError({
    code,
    message: `The run ${runId} was made with ${named(was)}, and this is ${named(is)}.`,
    hint:
      was === undefined
        ? 'Leave --env and FP_ENV out, or resume with --force.'
        : `Give --env ${was}, or resume with --force.`,
  });
}
