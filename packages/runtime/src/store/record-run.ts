/** Writes the record of one run. Synchronous: a line is with the system before the run goes on. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { shorten } from '@flowerpower/core';
import type { LogEvent, RunEvent } from '../events/run-event.js';
import { eventsFile, headerFile, valuesFolder } from './run-folder.js';
import type { RunHeader } from './run-header.js';
import { type ValueToKeep, writeValues } from './value-files.js';

export interface RunRecord {
  /** Adds an event to the log. */
  append(event: RunEvent): void;
  /**
   * Keeps values for a run that resumes this one: each exactly, or not at all and why.
   *
   * @param isTimeLeft - asked before each value. Default: there is.
   */
  keep(values: readonly ValueToKeep[], isTimeLeft?: () => boolean): void;
  /** The run is over. Nothing is written afterwards. */
  close(): void;
}

/** A longer line of a log is cut. */
const maxLogLine = 64 * 1024;

/** @throws what the filesystem throws, from every call. After `append` threw, only the last event is still written. */
export function recordRun(folder: string, header: RunHeader): RunRecord {
  mkdirSync(folder);
  let descriptor: number | undefined;
  try {
    writeFileSync(join(folder, headerFile), `${JSON.stringify(header)}\n`);
    descriptor = openSync(join(folder, eventsFile), 'a');
  } catch (error) {
    // A record that was not begun is none.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  let isBroken = false;
  return {
    append(event) {
      if (descriptor === undefined || (isBroken && event.type !== 'run.finished')) return;
      const line = `${event.type === 'log' ? logLine(event) : JSON.stringify(event)}\n`;
      try {
        // A line that was begun ends here.
        writeAll(descriptor, isBroken ? `\n${line}` : line);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    },
    keep: (values, isTimeLeft = () => true) => writeValues(join(folder, valuesFolder), values, isTimeLeft),
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
}

function logLine(event: LogEvent): string {
  const line = JSON.stringify(event);
  if (line.length <= maxLogLine) return line;
  return JSON.stringify({
    ...event,
    msg: shorten(event.msg, maxLogLine / 2),
    fields: { _cut: `${line.length} characters; fields of such a line are not recorded` },
  });
}
