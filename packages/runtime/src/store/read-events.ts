/** The lines of `events.ndjson` as events. Reads what can be read, and says what could not. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RunEvent } from '../events/run-event.js';

export interface ReadEvents {
  /** In the order of the log. Types that this version does not know are left out. */
  readonly events: readonly RunEvent[];
  /** What was passed over, in words, each kind once. A torn last line and unknown types are nothing to speak of. */
  readonly warnings: readonly string[];
}

const known = new Set<string>([
  'run.started',
  'node.started',
  'node.succeeded',
  'node.failed',
  'node.progress',
  'item.failed',
  'node.stopped',
  'node.not-chosen',
  'node.skipped',
  'retry.scheduled',
  'artifact.written',
  'log',
  'run.finished',
] satisfies RunEvent['type'][]);

type Line = { readonly event: RunEvent } | 'unknown' | 'newer' | 'damaged';

export function parseEvents(text: string): ReadEvents {
  const events: RunEvent[] = [];
  let damaged = 0;
  let newer = 0;
  const lines = text.split('\n');
  // After the last line break is nothing, or a line that was not written to its end.
  lines.pop();
  for (const line of lines) {
    if (line === '') continue;
    const read = parseLine(line);
    if (read === 'damaged') damaged++;
    else if (read === 'newer') newer++;
    else if (read !== 'unknown') events.push(read.event);
  }
  return { events, warnings: warningsOf(damaged, newer) };
}

export function parseLine(line: string): Line {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return 'damaged';
  }
  if (typeof read !== 'object' || read === null) return 'damaged';
  const { v, type, seq, ts } = read as Partial<RunEvent>;
  if (typeof v === 'number' && v > 1) return 'newer';
  if (v !== 1 || typeof type !== 'string' || typeof seq !== 'number' || typeof ts !== 'string')
    return 'damaged';
  return known.has(type) ? { event: read as RunEvent } : 'unknown';
}

/** The last event of a log, without reading all of it. */
export function lastEvent(file: string): RunEvent | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    for (let length = Math.min(size, 8192); length > 0; length = Math.min(size, length * 8)) {
      const buffer = Buffer.allocUnsafe(length);
      const read = readSync(descriptor, buffer, 0, length, size - length);
      const lines = buffer.toString('utf8', 0, read).split('\n');
      lines.pop();
      // The first line of a part is no whole line.
      if (length < size) lines.shift();
      for (const line of lines.reverse()) {
        const parsed = parseLine(line);
        if (typeof parsed === 'object') return parsed.event;
      }
      if (length === size) return undefined;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

function warningsOf(damaged: number, newer: number): string[] {
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
  return [
    ...(damaged > 0
      ? [`${lines(damaged)} of the log cannot be read and ${damaged === 1 ? 'was' : 'were'} passed over.`]
      : []),
    ...(newer > 0
      ? [
          `${lines(newer)} of the log ${newer === 1 ? 'is' : 'are'} of a newer FlowerPower and ${newer === 1 ? 'was' : 'were'} passed over.`,
        ]
      : []),
  ];
}
