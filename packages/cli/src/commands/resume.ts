import type { RecordedRun } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, withRuns } from './options.js';
import { runOnce, type RunOptions } from './run-pipeline.js';
import { documentOf } from './runs-list.js';

export async function resumeRun(run: string, options: RunOptions, terminal: Terminal): Promise<number> {
  const { header, summary } = await withRuns<RecordedRun>(options, terminal, (runs) => runs.show(run));
  if (summary.status === 'success') {
    if (options.json) printJson(terminal, { ...documentOf(summary), resumed: false });
    else
      terminal.err(
        `The run ${header.runId} of ${header.pipeline} ended well; there is nothing to go on with.`,
      );
    return success;
  }
  return runOnce(header.pipeline, { ...options, resume: header.runId }, terminal);
}
