import { boundedList } from '@flowerpower/core';
import type { RunSummary } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { renderSummary } from '../render/run-summary.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withRuns } from './options.js';

export interface ListRunsOptions extends ProjectOptions {
  readonly pipeline?: string;
  readonly status?: RunSummary['status'];
  readonly limit: number;
}

export function listRuns(options: ListRunsOptions, terminal: Terminal): Promise<number> {
  const { pipeline, status, limit } = options;
  return withRuns(options, terminal, async (runs) => {
    const found = await runs.list({ pipeline, status, limit });
    const torn = await runs.unreadable();
    if (torn.length > 0)
      terminal.err(
        `${torn.length === 1 ? 'One record' : `${torn.length} records`} in ${runs.dir} cannot be read: ${boundedList(torn.map(({ runId }) => runId))}.`,
      );
    if (options.json) {
      printJson(terminal, { runs: found.map(documentOf) });
      return success;
    }
    const width = Math.max(...found.map((run) => run.pipeline.length));
    terminal.out(found.map((run) => renderSummary(run, terminal, width)));
    if (found.length === 0)
      terminal.err(
        `No ${pipeline === undefined && status === undefined ? 'run is' : 'such run is'} recorded in ${runs.dir}.`,
      );
    return success;
  });
}

/** Without the stack, which is in the log of the run. */
export function documentOf({ error, ...run }: RunSummary): object {
  if (error === undefined) return run;
  const { name, code, message, hint } = error;
  return { ...run, error: { name, code: code ?? null, message, hint: hint ?? null } };
}
