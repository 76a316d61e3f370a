import type { LogSink } from './logger.js';

/** One JSON object a line, for machines. `write` receives each line with its line feed. */
export function ndjsonSink(write: (line: string) => void): LogSink {
  return (record) => write(`${JSON.stringify(record)}\n`);
}
