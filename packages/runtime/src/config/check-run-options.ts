import { logLevels } from '../logging/log-level.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import type { RunConfig } from './run-config.js';

/** Ranges and names that types cannot hold. Configuration may come from code, so nothing is taken for granted. */
export function checkRunOptions(run: RunConfig): RuntimeProblem[] {
  const { retry } = run;
  const atLeastZero = (value: number) => value >= 0 && Number.isFinite(value);
  const aboveZero = (value: number) => value > 0 && Number.isFinite(value);
  const wholeFrom = (least: number) => (value: number) => Number.isInteger(value) && value >= least;
  return [
    ...numberProblems('retry.maxRetries', retry.maxRetries, wholeFrom(0), 'a whole number of at least 0'),
    ...numberProblems('retry.retryDelay', retry.retryDelay, atLeastZero, 'a number of seconds of at least 0'),
    ...numberProblems('retry.jitterFactor', retry.jitterFactor, atLeastZero, 'a number of at least 0'),
    ...numberProblems('retry.maxDelay', retry.maxDelay, aboveZero, 'a number of seconds above 0'),
    ...choiceProblems('retry.jitter', retry.jitter, ['added', 'full']),
    ...numberProblems('timeout', run.timeout, aboveZero, 'a number of seconds above 0'),
    ...numberProblems('grace', run.grace, atLeastZero, 'a number of seconds of at least 0'),
    ...numberProblems('maxConcurrency', run.maxConcurrency, wholeFrom(1), 'a whole number of at least 1'),
    ...numberProblems(
      'executor.maxWorkers',
      run.executor.maxWorkers,
      wholeFrom(1),
      'a whole number of at least 1',
    ),
    ...numberProblems('executor.numCpus', run.executor.numCpus, aboveZero, 'a number above 0'),
    ...numberProblems(
      'cache.maxSizeBytes',
      run.cache?.maxSizeBytes,
      wholeFrom(1),
      'a whole number of at least 1',
    ),
    ...numberProblems('cache.maxAge', run.cache?.maxAge, aboveZero, 'a number of seconds above 0'),
    ...choiceProblems('onError', run.onError, ['fail', 'continue']),
    ...choiceProblems('logLevel', run.logLevel, logLevels),
  ];
}

function numberProblems(
  name: string,
  value: number | undefined,
  fits: (value: number) => boolean,
  expected: string,
): RuntimeProblem[] {
  if (value === undefined || (typeof value === 'number' && fits(value))) return [];
  return [
    { code: 'FP_INVALID_RUN_OPTION', message: `run.${name} must be ${expected}, not ${String(value)}.` },
  ];
}

function choiceProblems(
  name: string,
  value: string | undefined,
  choices: readonly string[],
): RuntimeProblem[] {
  if (value === undefined || choices.includes(value)) return [];
  return [
    {
      code: 'FP_INVALID_RUN_OPTION',
      message: `run.${name} must be one of ${choices.join(', ')}, not ${value}.`,
    },
  ];
}
