import { createLogger, type Logger, type LoggerOptions } from './logger.js';
import { type LogLevel, logLevels } from './log-level.js';
import { textSink } from './text-sink.js';

export interface LoggingOptions extends Partial<Pick<LoggerOptions, 'level' | 'sink'>> {
  /** Where `FP_LOG_LEVEL` is read. Default: the variables of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

let made: Logger | undefined;

/**
 * The log of this process, which runners use that are given none: made at the first call, whose options count, and the same from
 * then on. Importing this package makes none. Each run may have a level of its own: `run.logLevel`.
 *
 * Default: lines of text on standard error, from the level of `FP_LOG_LEVEL`, else INFO.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type.
 *
 * @example
 * ```ts
 * import { ensureLoggingInitialized, ndjsonSink } from '@flowerpower/runtime';
 *
 * const log = ensureLoggingInitialized({ level: 'WARNING', sink: ndjsonSink((line) => void process.stdout.write(line)) });
 * log === ensureLoggingInitialized(); // true
 * ```
 */
export function ensureLoggingInitialized(options: LoggingOptions = {}): Logger {
  const { environment = process.env, level, sink = textSink() } = options;
  made ??= createLogger({ level: level ?? levelOf(environment['FP_LOG_LEVEL']), sink });
  return made;
}

/** What is no level is told by the configuration, which reads the variable as well. */
function levelOf(text: string | undefined): LogLevel | undefined {
  const name = text?.toUpperCase();
  return logLevels.find((level) => level === name);
}
