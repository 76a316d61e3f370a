import type { DescribedError, RecordedRun, RunEvent } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { brief } from '../render/brief.js';
import { duration } from '../render/duration.js';
import { projectFlags } from '../render/project-flags.js';
import { counts, moment, renderStatus } from '../render/run-summary.js';
import { shellWord } from '../render/shell-word.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withRuns } from './options.js';
import { documentOf } from './runs-list.js';

interface NodeFacts {
  status: 'running' | 'success' | 'failed' | 'skipped' | 'not-chosen' | 'stopped' | 'not-run' | 'reused';
  durationMs?: number;
  cached?: true;
  because?: string;
  error?: Pick<DescribedError, 'name' | 'message'> & { readonly code: string | null };
}

export function showRun(run: string, options: ProjectOptions, terminal: Terminal): Promise<number> {
  return withRuns(options, terminal, async (runs) => {
    const recorded = await runs.show(run);
    const nodes = nodesOf(recorded);
    for (const warning of recorded.warnings)
      terminal.err(`${terminal.paint('yellow', 'warning')} ${warning}`);
    if (options.json) {
      const { summary, header, values, folder } = recorded;
      printJson(terminal, {
        ...documentOf(summary),
        env: header.env ?? null,
        process: header.process,
        nodeFacts: Object.fromEntries(nodes),
        kept: [...values.node].map(([node, value]) => ({
          node,
          ...(value.isKept ? {} : { because: value.because }),
        })),
        folder,
      });
      return success;
    }
    terminal.out(renderRun(recorded, nodes, projectFlags(options), terminal));
    return success;
  });
}

/** What became of each node in the last attempt that it took part in, in the order in which they would run. */
function nodesOf({ events, header, summary }: RecordedRun): Map<string, NodeFacts> {
  const nodes = new Map<string, NodeFacts>();
  for (const event of events) note(nodes, event);
  for (const node of header.reused ?? []) if (!nodes.has(node)) nodes.set(node, { status: 'reused' });
  // Nothing runs any more.
  if (summary.status !== 'running') {
    for (const facts of nodes.values()) if (facts.status === 'running') facts.status = 'stopped';
  }
  return nodes;
}

function note(nodes: Map<string, NodeFacts>, event: RunEvent): void {
  switch (event.type) {
    case 'run.started':
      for (const node of event.planned) nodes.set(node, { status: 'not-run' });
      break;
    case 'node.started':
      nodes.set(event.node, { status: 'running' });
      break;
    case 'node.succeeded':
      nodes.set(event.node, {
        status: 'success',
        durationMs: event.durationMs,
        ...(event.cached && { cached: true }),
      });
      break;
    case 'node.failed': {
      const { name, message, code } = event.error;
      nodes.set(event.node, {
        status: 'failed',
        durationMs: event.durationMs,
        error: { name, message, code: code ?? null },
      });
      break;
    }
    case 'node.stopped':
      nodes.set(event.node, { status: 'stopped', durationMs: event.durationMs });
      break;
    case 'node.skipped':
      nodes.set(event.node, { status: 'skipped', because: event.because });
      break;
    case 'node.not-chosen':
      nodes.set(event.node, { status: 'not-chosen' });
      break;
    default:
  }
}

/** Failed nodes first: whoever looks at a run wants to know what went wrong. */
const order: readonly NodeFacts['status'][] = [
  'failed',
  'running',
  'stopped',
  'skipped',
  'not-run',
  'success',
  'reused',
  'not-chosen',
];

function renderRun(
  { summary, header }: RecordedRun,
  nodes: Map<string, NodeFacts>,
  flags: string,
  terminal: Terminal,
): string[] {
  const { paint } = terminal;
  const facts = [counts(summary.nodes), summary.durationMs === undefined ? '' : duration(summary.durationMs)];
  const lines = [
    `${paint('bold', summary.pipeline)}  ${renderStatus(summary.status, terminal).trimEnd()}  ${moment(summary.startedAt)}  ${facts.filter(Boolean).join(', ')}`,
    `run      ${summary.runId}`,
  ];
  if (summary.resumeOf !== undefined) lines.push(`resumes  ${summary.resumeOf}`);
  if (header.env !== undefined) lines.push(`env      ${header.env}`);
  if (summary.because !== undefined) lines.push(`note     ${summary.because}`);
  if (summary.error !== undefined) {
    const { code, message } = summary.error;
    lines.push(
      `error    ${code === undefined ? '' : `${code} `}${brief(message.replaceAll('\n', ' '), 1000)}`,
    );
  }
  const shown = [...nodes].sort(([, a], [, b]) => order.indexOf(a.status) - order.indexOf(b.status));
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  if (shown.length > 0) lines.push('');
  for (const [name, node] of shown)
    lines.push(`  ${mark(node, terminal)} ${name.padEnd(width)}  ${paint('dim', factsOf(node))}`);
  if (summary.status !== 'success' && summary.status !== 'running')
    lines.push('', `To go on: flowerpower resume ${shellWord(summary.runId)}${flags}`);
  return lines;
}

function mark({ status }: NodeFacts, { paint }: Terminal): string {
  if (status === 'success' || status === 'reused') return paint('green', '✓');
  if (status === 'failed') return paint('red', '✗');
  return status === 'running' ? paint('cyan', '…') : paint('yellow', '–');
}

function factsOf({ status, durationMs, cached, because, error }: NodeFacts): string {
  return [
    cached
      ? 'from the cache'
      : status === 'success'
        ? ''
        : status === 'reused'
          ? 'from the run before'
          : status,
    durationMs === undefined || cached ? '' : duration(durationMs),
    because === undefined ? '' : `because ${because} failed`,
    error === undefined ? '' : brief(`${error.name}: ${error.message.replaceAll('\n', ' ')}`, 300),
  ]
    .filter(Boolean)
    .join(', ');
}
