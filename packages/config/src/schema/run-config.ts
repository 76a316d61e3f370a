import * as v from 'valibot';
import { type CacheConfig, cacheSchema } from './cache-config.js';
import { aboveZero, atLeastZero, boolean, filledText, textList, userMap, wholeAtLeast } from './parts.js';

const logLevels = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface ExecutorConfig {
  /** Name of the executor; whether it exists is for the runtime to judge. Default `local`. */
  readonly type: string;
  /** At least 1. */
  readonly maxWorkers?: number | undefined;
  /** Above 0; an executor may take fractions. */
  readonly numCpus?: number | undefined;
  /** Options of the executor, untouched. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface RetryConfig {
  /** Further attempts after the first. Default 0. */
  readonly maxRetries: number;
  /** Seconds before the first further attempt. Default 1. */
  readonly retryDelay: number;
  /** Random share added to each delay, 0 for none. Default 0.1. */
  readonly jitterFactor: number;
  /** Seconds that no delay exceeds. */
  readonly maxDelay?: number | undefined;
  /** Names of the errors to retry. Empty, the default, means every error except programming errors. */
  readonly retryExceptions: readonly string[];
}

export interface RunConfig {
  /** Input values by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Nodes to compute. Empty, the default, means every leaf. */
  readonly finalVars: readonly string[];
  /** Values that pick node variants when the graph is built. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly executor: ExecutorConfig;
  readonly retry: RetryConfig;
  readonly cache: CacheConfig;
  /** Seconds for the whole run. */
  readonly timeout?: number | undefined;
  /** Default `INFO`. */
  readonly logLevel: LogLevel;
  /** Import the modules anew before the run. Default false. */
  readonly reload: boolean;
  /** Modules beside the pipeline's own. */
  readonly additionalModules: readonly string[];
  /** `fail` stops at the first failure; `continue` runs everything that does not depend on it. Default `fail`. */
  readonly onError: 'fail' | 'continue';
  /** Nodes that may run at the same time, at least 1. */
  readonly maxConcurrency?: number | undefined;
}

/** Run settings of a project: only what is given, as defaults for each of its pipelines. */
export type RunDefaults = Readonly<
  Partial<Omit<RunConfig, 'executor' | 'retry' | 'cache'>> & {
    executor?: Partial<ExecutorConfig>;
    retry?: Partial<RetryConfig>;
    cache?: Partial<CacheConfig>;
  }
>;

const levelNames = new Map<string, string>([
  ['WARN', 'WARNING'],
  ['FATAL', 'CRITICAL'],
]);

const logLevel = v.pipe(
  v.string('text'),
  v.transform((name) => levelNames.get(name.toUpperCase()) ?? name.toUpperCase()),
  v.picklist(logLevels, `one of ${logLevels.join(', ')}`),
);

export const executorSchema = v.strictObject({
  type: v.optional(filledText, 'local'),
  maxWorkers: v.optional(wholeAtLeast(1)),
  numCpus: v.optional(aboveZero),
  options: v.optional(userMap),
});

const retrySchema = v.strictObject({
  maxRetries: v.optional(wholeAtLeast(0), 0),
  retryDelay: v.optional(atLeastZero, 1),
  jitterFactor: v.optional(atLeastZero, 0.1),
  maxDelay: v.optional(aboveZero),
  retryExceptions: v.optional(textList, []),
});

export const runSchema = v.strictObject({
  inputs: v.optional(userMap, {}),
  finalVars: v.optional(textList, []),
  config: v.optional(userMap, {}),
  executor: v.optional(executorSchema, {}),
  retry: v.optional(retrySchema, {}),
  cache: v.optional(cacheSchema, {}),
  timeout: v.optional(aboveZero),
  logLevel: v.optional(logLevel, 'INFO'),
  reload: v.optional(boolean, false),
  additionalModules: v.optional(textList, []),
  onError: v.optional(v.picklist(['fail', 'continue'], 'fail or continue'), 'fail'),
  maxConcurrency: v.optional(wholeAtLeast(1)),
});
