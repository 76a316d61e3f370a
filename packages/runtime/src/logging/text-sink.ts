import { printable } from '@flowerpower/core';
import type { LogSink } from './logger.js';

/**
 * One line for people: time, level, message, where it comes from, fields. What could act on a terminal is shown escaped,
 * so a logged text cannot move its cursor. Default: to stderr.
 */
export function textSink(write: (line: string) => void = (line) => void process.stderr.write(line)): LogSink {
  return ({ ts, level, msg, run_id: _runId, pipeline, node, attempt, item, ...fields }) => {
    const place = item === undefined ? node : `${node}[${item.join('][')}]`;
    const origin = [pipeline, place, attempt !== undefined && attempt > 1 && `attempt ${attempt}`];
    const where = origin.filter((part) => typeof part === 'string').join(' ');
    const rest = Object.entries(fields).map(([name, value]) => `${name}=${show(value)}`);
    const parts = [ts.slice(11, 23), level.padEnd(8), msg, where && `[${where}]`, ...rest];
    write(`${printable(parts.filter((part) => part !== '').join(' '))}\n`);
  };
}

function show(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
