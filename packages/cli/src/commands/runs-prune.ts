import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withRuns } from './options.js';

export interface PruneRunsOptions extends ProjectOptions {
  readonly pipeline?: string;
  readonly keep?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly all?: boolean;
}

export function pruneRuns(options: PruneRunsOptions, terminal: Terminal): Promise<number> {
  const { pipeline, keep, maxAge, all } = options;
  return withRuns(options, terminal, async (runs) => {
    const { removed, left } = await runs.prune({
      pipeline,
      keep: all === true ? 0 : keep,
      maxAgeMs: maxAge === undefined ? undefined : maxAge * 1000,
    });
    if (options.json) printJson(terminal, { removed, left });
    else terminal.out(`removed ${runsOf(removed.length)}; ${left} left`);
    return success;
  });
}

function runsOf(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}
