/** Progress of a run, one line per event, on standard error. Lines are only ever added. */
import type {
  ItemCounts,
  NodeSucceededEvent,
  RunEvent,
  RunFinishedEvent,
  RunStartedEvent,
  ValueSummary,
} from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { brief } from './brief.js';
import { byteSize } from './byte-size.js';
import { duration } from './duration.js';
import { isAbort } from './outcome.js';
import { personName } from './person-name.js';
import { showPath } from './show-path.js';

type Look = Pick<Terminal, 'paint' | 'cwd'>;

/** The line for an event, or undefined when a person need not hear of it. */
export function renderEvent(event: RunEvent, look: Look): string | undefined {
  switch (event.type) {
    case 'run.started':
      // A run that cannot start is reported by its error alone.
      if (event.planned.length === 0) return undefined;
      return `${look.paint('cyan', '▶')} ${look.paint('bold', event.pipeline)}  ${look.paint('dim', `${countOf(event.planned)}, run ${event.runId}${resumed(event)}`)}`;
    case 'node.succeeded': {
      // The node that loads has been reported under this name.
      if (event.loaded === 'value') return undefined;
      // A value that is checked has another name until then.
      const name = event.node.endsWith('.loader') ? (event.valueNode ?? event.node) : event.node;
      const collected = event.failedItems === undefined ? '' : look.paint('yellow', `  ${failures(event)}`);
      const facts = [size(event), fromCache(event), event.cached ? '' : duration(event.durationMs)];
      const mark = collected === '' ? look.paint('green', '✓') : look.paint('yellow', '!');
      return `  ${mark} ${name}  ${look.paint('dim', facts.filter(Boolean).join(', '))}${collected}`;
    }
    // Why is reported at the end of the run, once.
    case 'node.failed':
      if (isAbort(event.error))
        return `  ${look.paint('yellow', '–')} ${personName(event.node)}  ${look.paint('dim', 'stopped')}`;
      return `  ${look.paint('red', '✗')} ${personName(event.node)}  ${look.paint('dim', [items(event), duration(event.durationMs)].filter(Boolean).join(', '))}`;
    case 'node.progress':
      return `  ${look.paint('cyan', '…')} ${event.node}  ${look.paint('dim', [items(event), failures(event)].filter(Boolean).join(', '))}`;
    case 'node.stopped':
      return `  ${look.paint('yellow', '–')} ${event.node}  ${look.paint('dim', `stopped after ${items(event)}`)}`;
    case 'node.not-chosen':
      return `  ${look.paint('dim', `– ${event.node}  not chosen`)}`;
    case 'node.skipped':
      return `  ${look.paint('yellow', '–')} ${event.node}  ${look.paint('dim', `skipped, because ${event.because} failed`)}`;
    case 'retry.scheduled':
      return `  ${look.paint('yellow', '↻')} attempt ${event.attempt + 1} in ${duration(event.delayMs)}  ${look.paint('dim', brief(event.error.message, 1000))}`;
    case 'artifact.written':
      return `  ${look.paint('cyan', '→')} ${showPath(event.metadata.uri, look.cwd)}  ${look.paint('dim', byteSize(event.metadata.bytes))}`;
    case 'run.finished':
      if (event.attempts === 0) return undefined;
      return event.result === 'success'
        ? `${look.paint('green', '✓')} ${event.pipeline} finished in ${duration(event.durationMs)}${cachedNodes(event)}`
        : `${look.paint('red', '✗')} ${event.pipeline}: ${event.result} after ${duration(event.durationMs)}${endedNodes(event)}`;
    default:
      return undefined;
  }
}

function countOf(planned: readonly string[]): string {
  const count = new Set(planned.map(personName)).size;
  return count === 1 ? '1 node' : `${count} nodes`;
}

function resumed({ resumeOf, reused = [] }: RunStartedEvent): string {
  if (resumeOf === undefined) return '';
  return `, goes on from ${resumeOf} with ${reused.length === 1 ? '1 result' : `${reused.length} results`}`;
}

function size(event: NodeSucceededEvent): string {
  if (event.items !== undefined) return items(event);
  const { rows, bytes }: ValueSummary = event.summary;
  // What is loaded are rows of a file; another list may be of anything.
  if (rows !== undefined && event.loaded === undefined) return items({ items: rows });
  if (rows !== undefined) return rows === 1 ? '1 row' : `${rows} rows`;
  return bytes === undefined ? '' : byteSize(bytes);
}

function items({ items: count }: ItemCounts): string {
  if (count === undefined) return '';
  return count === 1 ? '1 item' : `${count} items`;
}

function failures({ failedItems }: ItemCounts): string {
  return failedItems === undefined ? '' : `${failedItems} failed`;
}

function fromCache({ cached, cachedItems }: NodeSucceededEvent): string {
  if (cached) return 'from the cache';
  return cachedItems === undefined ? '' : `${cachedItems} from the cache`;
}

/** Nothing for a run without a cache, and for one that found nothing in it. */
function cachedNodes({ nodes }: RunFinishedEvent): string {
  return nodes.cached === 0 ? '' : `, ${nodes.cached} of ${nodes.succeeded} nodes from the cache`;
}

/** What failed comes first. */
function endedNodes({ nodes }: RunFinishedEvent): string {
  const { failed, skipped, succeeded } = nodes;
  const counts = [
    failed === 0 ? '' : `${failed} failed`,
    skipped === 0 ? '' : `${skipped} skipped`,
    `${succeeded} succeeded`,
  ];
  return `; ${counts.filter(Boolean).join(', ')}`;
}
