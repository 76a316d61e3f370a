/** What a list of runs says of each. */
import type { DescribedError } from '../errors/describe-error.js';
import type { NodeCounts, RunEvent } from '../events/run-event.js';
import type { RunHeader } from './run-header.js';
import type { ProcessState } from './run-process.js';

export interface RunSummary {
  readonly runId: string;
  readonly pipeline: string;
  /** `interrupted`: the process ended in the middle of the run. */
  readonly status: 'running' | 'success' | 'failure' | 'cancellation' | 'timeout' | 'interrupted';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of an interrupted run until its last event; absent for one that goes on. */
  readonly durationMs?: number | undefined;
  readonly nodes: NodeCounts;
  readonly error?: DescribedError | undefined;
  readonly resumeOf?: string | undefined;
  /** Of `running` and `interrupted`: what that rests on, where it is not certain. */
  readonly because?: string | undefined;
}

/** A run of another machine that said nothing for this long is given up: a day. */
const silentMs = 24 * 60 * 60 * 1000;

export interface SummaryFacts {
  readonly header: RunHeader;
  /** The last event of the log; undefined for an empty one. */
  readonly last: RunEvent | undefined;
  /** Every event, asked for when the last one does not tell enough. */
  readonly all: () => readonly RunEvent[];
  readonly processState: () => ProcessState;
  readonly nowMs: number;
}

export function summarizeRun({ header, last, all, processState, nowMs }: SummaryFacts): RunSummary {
  const { runId, pipeline, startedAt, resumeOf } = header;
  const facts = { runId, pipeline, startedAt, ...(resumeOf !== undefined && { resumeOf }) };
  if (last?.type === 'run.finished') {
    const { result, durationMs, nodes, error, abandoned } = last;
    const status = abandoned && result === 'cancellation' ? 'interrupted' : result;
    return { ...facts, status, durationMs, nodes, ...(error !== undefined && { error }) };
  }
  const lastMs = Date.parse(last?.ts ?? startedAt);
  const nodes = countsOf(all());
  const { state, because } = processState();
  const isOver = state === 'dead' || (state === 'unknown' && nowMs - lastMs > silentMs);
  const silence =
    state === 'unknown' ? `${because}, and the last event came ${ageOf(nowMs - lastMs)} ago` : because;
  return {
    ...facts,
    status: isOver ? 'interrupted' : 'running',
    ...(isOver && { durationMs: lastMs - Date.parse(startedAt) }),
    nodes,
    ...(silence !== undefined && { because: silence }),
  };
}

/** What the events say until now, of a run that has not said it itself. */
function countsOf(events: readonly RunEvent[]): NodeCounts {
  const states = new Map<string, 'succeeded' | 'failed' | 'skipped' | 'notChosen'>();
  let cached = new Set<string>();
  for (const event of events) {
    switch (event.type) {
      case 'node.started':
        states.delete(event.node);
        cached.delete(event.node);
        break;
      case 'node.succeeded':
        // Data that is loaded is one node to a person: the one that loads it.
        if (event.loaded === 'value') break;
        states.set(event.node, 'succeeded');
        if (event.cached) cached = cached.add(event.node);
        break;
      case 'node.failed':
        states.set(event.node, 'failed');
        break;
      case 'node.skipped':
        states.set(event.node, 'skipped');
        break;
      case 'node.not-chosen':
        states.set(event.node, 'notChosen');
        break;
      default:
    }
  }
  const counts = { succeeded: 0, failed: 0, skipped: 0, notChosen: 0 };
  for (const state of states.values()) counts[state]++;
  return { ...counts, cached: cached.size };
}

function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
