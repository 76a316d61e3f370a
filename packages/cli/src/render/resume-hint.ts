import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FailedRun } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';

/**
 * The line that goes on from a run that ended badly; none for one that is not recorded, or of which nothing had run.
 *
 * @param project - `dir`: where its runs are recorded; `flags`: what names the project again; `resumes`: the run went on from another
 *   one, whose results count.
 */
export function resumeHint(
  { runId, nodes }: FailedRun,
  {
    dir,
    flags,
    resumes = false,
  }: { readonly dir: string; readonly flags: string; readonly resumes?: boolean },
  { paint }: Pick<Terminal, 'paint'>,
): string[] {
  const hasRun = resumes || Object.values(nodes).some(({ status }) => status === 'success');
  if (!hasRun || !existsSync(join(dir, runId))) return [];
  return [`  ${paint('dim', 'to go on')}  flowerpower resume ${runId}${flags}`];
}
