import {
  aChoice,
  aFunction,
  asPromise,
  isThenable,
  messageOf,
  type NodeLog,
  type OptionRules,
  required,
  requireOptions,
  setOwnProperty,
  withMethods,
} from '@flowerpower/core';
import { type Clock, systemClock } from '../clock/clock.js';
import { isAtLeast, type LogLevel, logLevels } from './log-level.js';
import { plainData } from './plain-data.js';

/** One log line as plain data. Fields of the writer stand beside these; one named like these is prefixed with `_`. */
export interface LogRecord {
  /** ISO 8601, UTC. */
  readonly ts: string;
  readonly level: LogLevel;
  readonly msg: string;
  readonly run_id?: string;
  readonly pipeline?: string;
  readonly node?: string;
  readonly attempt?: number;
  /** Inside a fan-out: the position of the item in each fan-out around the node. */
  readonly item?: readonly number[];
  readonly [field: string]: unknown;
}

/** Receives each record at or above the level. */
export type LogSink = (record: LogRecord) => void;

/** Fields that say where a line comes from. */
export type LogOrigin = Pick<LogRecord, 'run_id' | 'pipeline' | 'node' | 'attempt' | 'item'>;

/** Fits wherever a node's log is asked for. */
export interface Logger extends NodeLog {
  readonly level: LogLevel;
  readonly sink: LogSink;
  critical(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface LoggerOptions {
  /** The mildest level that is written. Default INFO. */
  readonly level?: LogLevel | undefined;
  readonly sink: LogSink;
  /** Asked for each record. */
  readonly origin?: (() => LogOrigin) | undefined;
  readonly clock?: Clock | undefined;
}

const reserved = new Set(['ts', 'level', 'msg', 'run_id', 'pipeline', 'node', 'attempt', 'item']);

const rules: OptionRules = {
  level: aChoice(...logLevels),
  sink: required(aFunction),
  origin: aFunction,
  clock: withMethods('a clock', 'wallMs'),
};

/**
 * Makes structured records and hands them to a sink. A sink that throws, or gives a promise that
 * rejects, loses that record and changes nothing else; the process gets one warning for it. No promise is waited for.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name.
 *
 * @example
 * ```ts
 * import { createLogger, ndjsonSink } from '@flowerpower/runtime';
 *
 * const log = createLogger({ level: 'DEBUG', sink: ndjsonSink((line) => void process.stdout.write(line)) });
 * log.info('rows read', { rows: 3 }); // {"ts":"…","level":"INFO","msg":"rows read","rows":3}
 * ```
 */
export function createLogger(options: LoggerOptions): Logger {
  requireOptions(options, rules, 'createLogger');
  const { sink, origin, clock = systemClock } = options;
  const minimum = options.level ?? 'INFO';
  let warned = false;

  const warn = (error: unknown) => {
    if (!warned)
      process.emitWarning(`A log sink failed; records are lost. ${messageOf(error)}`, 'FlowerPowerWarning');
    warned = true;
  };
  const write = (level: LogLevel, msg: string, fields: Readonly<Record<string, unknown>> | undefined) => {
    if (!isAtLeast(level, minimum)) return;
    try {
      const ts = new Date(clock.wallMs()).toISOString();
      const written: unknown = sink({ ts, level, msg, ...origin?.(), ...ownFields(fields) });
      if (isThenable(written)) asPromise(written).catch(warn);
    } catch (error) {
      warn(error);
    }
  };
  return {
    level: minimum,
    sink,
    debug: (message, fields) => write('DEBUG', message, fields),
    info: (message, fields) => write('INFO', message, fields),
    warn: (message, fields) => write('WARNING', message, fields),
    error: (message, fields) => write('ERROR', message, fields),
    critical: (message, fields) => write('CRITICAL', message, fields),
  };
}

function ownFields(fields: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    setOwnProperty(own, reserved.has(name) ? `_${name}` : name, plainData(value));
  }
  return own;
}
