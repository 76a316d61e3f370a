import { printable } from '@flowerpower/core';
import type { DescribedError } from '../errors/describe-error.js';
import { userFrames } from '../errors/user-frames.js';
import type { LogSink } from './logger.js';

/**
 * One line for people: time, level, message, where it comes from, fields. Of an error it has the message and the frame of
 * the user's code where it was thrown; what the line says already is not repeated as a field. What could act on a
 * terminal is shown escaped, fractions have six digits, so a logged text cannot move its cursor. Default: to stderr.
 */
export function textSink(write: (line: string) => void = (line) => void process.stderr.write(line)): LogSink {
  return ({ ts, level, msg, run_id: _runId, pipeline, node, attempt, item, ...fields }) => {
    const place = item === undefined ? node : `${node}[${item.join('][')}]`;
    const origin = [pipeline, place, attempt !== undefined && attempt > 1 && `attempt ${attempt}`];
    const where = origin.filter((part) => typeof part === 'string').join(' ');
    const rest = Object.entries(fields)
      .filter(([name, value]) => !(name === '_node' && value === node) && !saysAlready(msg, value))
      .map(([name, value]) => `${name.replace(/^_/, '')}=${show(value)}`);
    const parts = [ts.slice(11, 23), level.padEnd(8), msg, where && `[${where}]`, ...rest];
    write(`${printable(parts.filter((part) => part !== '').join(' '))}\n`);
  };
}

/** True for a result or an error whose message is part of the line. */
function saysAlready(line: string, value: unknown): boolean {
  const message = messageIn(value);
  return message !== undefined && message !== '' && line.includes(message);
}

function messageIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
  return typeof value.message === 'string' ? value.message : undefined;
}

function show(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const shown = isDescribedError(value) ? errorText(value) : value;
  return typeof shown === 'string' && /^[^\s"=]+$/.test(shown) ? shown : JSON.stringify(shown);
}

function isDescribedError(value: unknown): value is DescribedError {
  return messageIn(value) !== undefined && typeof (value as DescribedError).name === 'string';
}

/** `TypeError: no rate (/shop/pipelines/rates.ts:3:9)`; what is not of FlowerPower and Node has its place there. */
function errorText({ name, message, stack = '' }: DescribedError): string {
  const frame = userFrames(stack)[0]?.replace(/^at (?:async )?(?:.*\((.*)\)|(.*))$/, '$1$2');
  return `${name}: ${message}${frame === undefined ? '' : ` (${frame})`}`;
}
