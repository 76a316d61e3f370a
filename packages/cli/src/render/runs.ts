/** How several pipelines ended, one line for each. */
import type { PipelineRun } from '@flowerpower/project';
import type { OrderedPipeline } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { duration } from './duration.js';

export function renderRuns(
  runs: readonly PipelineRun[],
  ordered: readonly OrderedPipeline[],
  { paint }: Pick<Terminal, 'paint'>,
): string[] {
  const width = Math.max(...runs.map(({ pipeline }) => pipeline.length));
  return runs.map((run) => {
    const name = run.pipeline.padEnd(width);
    if (run.status === 'success')
      return `${paint('green', '✓')} ${name}  ${paint('dim', duration(run.durationMs))}`;
    if (run.status !== 'skipped')
      return `${paint('red', '✗')} ${name}  ${paint('dim', `${run.status} after ${duration(run.durationMs)}`)}`;
    return `${paint('yellow', '–')} ${name}  ${paint('dim', whySkipped(run.pipeline, run.because, ordered))}`;
  });
}

function whySkipped(name: string, because: string | undefined, ordered: readonly OrderedPipeline[]): string {
  if (because === undefined) return 'did not run';
  const need = ordered
    .find(({ pipeline }) => pipeline === name)
    ?.needs.find(({ pipeline }) => pipeline === because);
  return `skipped: it loads ${need?.path ?? 'what'}, which ${because} should have saved`;
}
