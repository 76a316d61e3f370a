import { didYouMean } from '@flowerpower/core';
import type { RunConfig } from '../config/run-config.js';
import type { RuntimeProblem } from '../errors/catalogue.js';

/** How nodes are run: in this process, with at most so many promises in flight. */
export interface ResolvedExecutor {
  readonly type: 'local';
  /** Infinity when there is no limit. */
  readonly maxConcurrency: number;
}

export interface ExecutorResolution {
  readonly executor: ResolvedExecutor;
  readonly problems: readonly RuntimeProblem[];
  /** What the configuration says without effect. */
  readonly warnings: readonly string[];
}

const available = ['local', 'synchronous'];
/** Executors of the original whose nearest counterpart is `local`. */
const pools = new Set(['threadpool', 'processpool']);
const clusters = new Set(['ray', 'dask']);

/**
 * Never falls back in silence: a name that is not available is a problem, and the pools of the original are taken for
 * `local` with a warning.
 */
export function resolveExecutor(run: Pick<RunConfig, 'executor' | 'maxConcurrency'>): ExecutorResolution {
  const { type, maxWorkers, numCpus, options } = run.executor;
  const synchronous = type === 'synchronous';
  const problems: RuntimeProblem[] = [];
  const warnings: string[] = [];
  if (pools.has(type)) warnings.push(pooled(type, numCpus));
  else if (!available.includes(type)) problems.push(unknownExecutor(type));
  if (options !== undefined && Object.keys(options).length > 0) {
    problems.push({
      code: 'FP_INVALID_RUN_OPTION',
      message: `executor.options gives ${Object.keys(options).join(', ')}, but the executor '${type}' has no options.`,
      hint: 'Remove executor.options.',
    });
  }
  if (synchronous && run.maxConcurrency !== undefined && run.maxConcurrency !== 1) {
    problems.push({
      code: 'FP_INVALID_RUN_OPTION',
      message: `The executor 'synchronous' runs one node at a time, but maxConcurrency is ${run.maxConcurrency}.`,
      hint: "Remove maxConcurrency, or use the executor 'local'.",
    });
  }
  if (numCpus !== undefined && !pools.has(type))
    warnings.push(`executor.numCpus has no effect with the executor '${type}'.`);
  if (maxWorkers !== undefined && (synchronous || run.maxConcurrency !== undefined)) {
    const winner = synchronous ? "the executor 'synchronous'" : 'maxConcurrency';
    warnings.push(`executor.maxWorkers has no effect beside ${winner}.`);
  }
  const limit = synchronous ? 1 : (run.maxConcurrency ?? maxWorkers ?? Number.POSITIVE_INFINITY);
  return { executor: { type: 'local', maxConcurrency: limit }, problems, warnings };
}

/** One warning: also of what comes with such an executor in files of the original. */
function pooled(type: string, numCpus: number | undefined): string {
  const withCpus = numCpus === undefined ? '' : ', and executor.numCpus has no effect';
  return `The executor '${type}' is 'local' in this version: nodes run in this process, asynchronous ones concurrently${withCpus}. Write executor: local.`;
}

function unknownExecutor(type: string): RuntimeProblem {
  const inProcess =
    "This version runs nodes in this process with executor 'local', where independent asynchronous nodes already run concurrently.";
  const hint = clusters.has(type)
    ? inProcess
    : [didYouMean(type, available), `Available: ${available.join(', ')}.`].filter(Boolean).join(' ');
  return { code: 'FP_UNKNOWN_EXECUTOR', message: `There is no executor '${type}'.`, hint };
}
