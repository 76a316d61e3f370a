/** Progress of a run, one line per event, on standard error. Lines are only ever added. */
import type { DescribedError, RunEvent, ValueSummary } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { showPath } from './show-path.js';

type Look = Pick<Terminal, 'paint' | 'cwd'>;

/** The line for an event, or undefined when a person need not hear of it. */
export function renderEvent(event: RunEvent, look: Look): string | undefined {
  switch (event.type) {
    case 'run.started':
      // A run that cannot start is told by its error alone.
      if (event.planned.length === 0) return undefined;
      return `${look.paint('cyan', '▶')} ${look.paint('bold', event.pipeline)}  ${look.paint('dim', `${event.planned.length} nodes, run ${event.runId}`)}`;
    case 'node.succeeded':
      return `  ${look.paint('green', '✓')} ${event.node}  ${look.paint('dim', [size(event.summary), duration(event.durationMs)].filter(Boolean).join(', '))}`;
    case 'node.failed':
      if (isAbort(event.error))
        return `  ${look.paint('yellow', '–')} ${event.node}  ${look.paint('dim', 'stopped')}`;
      return `  ${look.paint('red', '✗')} ${event.node}  ${look.paint('dim', duration(event.durationMs))}  ${event.error.message}`;
    case 'node.skipped':
      return `  ${look.paint('yellow', '–')} ${event.node}  ${look.paint('dim', `skipped, because ${event.because} failed`)}`;
    case 'retry.scheduled':
      return `  ${look.paint('yellow', '↻')} attempt ${event.attempt + 1} in ${duration(event.delayMs)}  ${look.paint('dim', event.error.message)}`;
    case 'artifact.written':
      return `  ${look.paint('cyan', '→')} ${showPath(event.metadata.uri, look.cwd)}  ${look.paint('dim', `${event.metadata.bytes} bytes`)}`;
    case 'run.finished':
      if (event.attempts === 0) return undefined;
      return event.result === 'success'
        ? `${look.paint('green', '✓')} ${event.pipeline} finished in ${duration(event.durationMs)}`
        : `${look.paint('red', '✗')} ${event.pipeline}: ${event.result} after ${duration(event.durationMs)}`;
    default:
      return undefined;
  }
}

/** The node was told to stop, because another one failed or the run was cancelled. */
function isAbort({ name, code }: DescribedError): boolean {
  return name === 'AbortError' || code === 'FP_FS_ABORTED';
}

function size({ rows, bytes }: ValueSummary): string {
  if (rows !== undefined) return `${rows} rows`;
  return bytes === undefined ? '' : `${bytes} bytes`;
}

function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}
