/** Several pipelines, one after the other; those that need one that did not succeed are left out. */
import type { OrderedPipeline, RunOutcome } from '@flowerpower/runtime';

/** A pipeline that did not run. */
export interface SkippedRun {
  readonly pipeline: string;
  readonly status: 'skipped';
  /** The pipeline that it needs and that did not succeed. Absent when the runs were cancelled before it. */
  readonly because?: string | undefined;
}

export type PipelineRun = RunOutcome | SkippedRun;

export interface PipelineRuns {
  /** `success` when every one of them is. */
  readonly status: 'success' | 'failure';
  /** In the order in which they ran. */
  readonly runs: readonly PipelineRun[];
}

/** @param run - runs one of them; what it rejects with ends them all. */
export async function runInOrder(
  ordered: readonly OrderedPipeline[],
  run: (pipeline: string) => Promise<RunOutcome>,
  signal?: AbortSignal,
): Promise<PipelineRuns> {
  const runs: PipelineRun[] = [];
  const bad = new Set<string>();
  for (const { pipeline, needs } of ordered) {
    const because = needs.find((need) => bad.has(need.pipeline))?.pipeline;
    const made: PipelineRun =
      because !== undefined || signal?.aborted === true
        ? { pipeline, status: 'skipped', because }
        : await run(pipeline);
    runs.push(made);
    if (made.status !== 'success') bad.add(pipeline);
  }
  return { status: bad.size === 0 ? 'success' : 'failure', runs };
}
