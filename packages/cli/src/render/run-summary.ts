/** A recorded run on one line. */
import type { NodeCounts, RunSummary } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { duration } from './duration.js';

const styles = {
  running: 'cyan',
  success: 'green',
  failure: 'red',
  timeout: 'red',
  cancellation: 'yellow',
  interrupted: 'yellow',
} as const satisfies Record<RunSummary['status'], string>;

const width = 'cancellation'.length;

export function renderSummary(
  run: RunSummary,
  { paint }: Pick<Terminal, 'paint'>,
  pipelineWidth = 0,
): string {
  const facts = [
    counts(run.nodes),
    run.durationMs === undefined ? '' : duration(run.durationMs),
    run.error?.code ?? '',
    run.resumeOf === undefined ? '' : `resumes ${run.resumeOf}`,
  ];
  return [
    run.runId,
    renderStatus(run.status, { paint }),
    run.pipeline.padEnd(pipelineWidth),
    moment(run.startedAt),
    paint('dim', facts.filter(Boolean).join(', ')),
  ].join('  ');
}

export function renderStatus(status: RunSummary['status'], { paint }: Pick<Terminal, 'paint'>): string {
  return paint(styles[status], status.padEnd(width));
}

/** `2026-01-31 12:00:00Z` */
export function moment(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')}Z`;
}

export function counts({ succeeded, failed, skipped, cached }: NodeCounts): string {
  return [
    `${succeeded} ok${cached > 0 ? ` (${cached} from the cache)` : ''}`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
