/** Reads a log while it grows. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { StringDecoder } from 'node:string_decoder';
import type { RunEvent } from '../events/run-event.js';
import { parseLine } from './read-events.js';

/** How long a log that has said all is left alone. */
const pauseMs = 150;

/**
 * Every event until now and each that follows, until the last one of the run, or until nobody is left to write it. Ends
 * without an error when the signal is aborted.
 */
export async function* followRun(
  file: string,
  isAlive: () => boolean,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.allocUnsafe(64 * 1024);
  let from = 0;
  let rest = '';
  for (;;) {
    if (signal?.aborted) return;
    // Asked before the log is read: what a process wrote before it ended is there then.
    const isLast = !isAlive();
    const { text, size } = readFrom(file, from, buffer, decoder);
    from += size;
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const parsed = parseLine(line);
      if (typeof parsed !== 'object') continue;
      yield parsed.event;
      if (parsed.event.type === 'run.finished') return;
    }
    if (size > 0) continue;
    if (isLast) return;
    await wait(pauseMs, undefined, { signal }).catch(() => {});
  }
}

function readFrom(file: string, from: number, buffer: Buffer, decoder: StringDecoder) {
  if (!existsSync(file)) return { text: '', size: 0 };
  const descriptor = openSync(file, 'r');
  try {
    const size = readSync(descriptor, buffer, 0, buffer.length, from);
    return { text: decoder.write(buffer.subarray(0, size)), size };
  } finally {
    closeSync(descriptor);
  }
}
