/** How a run ended, for people when it failed and for programs always. */
import {
  maskStrings,
  type DescribedError,
  type FailedRun,
  type NodeResult,
  type RunOutcome,
} from '@flowerpower/runtime';
import { exitCodeOfSignal, timeout } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { brief } from './brief.js';
import { errorDocument, placesFrom, renderError } from './error.js';
import { toJsonValue } from './json-value.js';
import { messageOf } from './read-error.js';
import { withoutSecrets } from './without-secrets.js';

/** The error of the run, then nodes that failed besides and that it does not name. */
export function renderFailedRun(
  { error, nodes }: FailedRun,
  look: Pick<Terminal, 'paint' | 'cwd'>,
): string[] {
  const lines = renderError(error, look);
  // What people see of a message leaves out names that they did not write.
  const said = `${lines.join('\n')}\n${messageOf(error)}`;
  const others = Object.entries(nodes).filter(
    ([name, { error: own }]) => own !== undefined && !isAbort(own) && !said.includes(`'${name}'`),
  );
  return [...lines, ...others.map(([name, { error: own }]) => alsoFailed(name, own!, look))];
}

function alsoFailed(name: string, { message }: DescribedError, { paint }: Pick<Terminal, 'paint'>): string {
  const text = brief(message.replaceAll('\n', ' '));
  return `  ${paint('dim', 'also failed')}  ${text.startsWith('io.') ? text : `'${name}': ${text}`}`;
}

/** The node was told to stop, because another one failed or the run was cancelled. */
export function isAbort({ name, code }: DescribedError): boolean {
  return name === 'AbortError' || code === 'FP_FS_ABORTED';
}

/**
 * The document of `--json`: the same facts whether the run went well or not, and the error if it did not. Outputs are
 * the product and stay what they are, but for secrets; what is said about them is masked.
 */
export function outcomeDocument(
  outcome: RunOutcome,
  exitCode: number,
  { mask, maskSecrets, cwd }: Pick<Terminal, 'mask' | 'maskSecrets' | 'cwd'>,
): object {
  const { status, runId, pipeline, outputs, saved, loaded, checks, nodes, durationMs, attempts } = outcome;
  return {
    status,
    runId,
    pipeline,
    ...(withoutSecrets(
      { outputs: toJsonValue(outputs), saved: toJsonValue(saved), loaded: toJsonValue(loaded), checks },
      maskSecrets,
    ) as object),
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([name, node]) => [name, maskStrings(nodeDocument(node, cwd), mask)]),
    ),
    durationMs: toMicroseconds(durationMs),
    attempts,
    ...(outcome.status !== 'success' && maskStrings(errorDocument(outcome.error, exitCode, cwd), mask)),
  };
}

/** The same facts where no run began: the error, which stands beside them, came before. */
export function documentBeforeRun(pipeline: string, exitCode: number): object {
  const facts: Record<keyof Omit<RunOutcome, 'error'>, unknown> = {
    status: statusOf(exitCode),
    runId: null,
    pipeline,
    outputs: {},
    saved: {},
    loaded: {},
    checks: [],
    nodes: {},
    durationMs: 0,
    attempts: 0,
  };
  return facts;
}

function statusOf(exitCode: number): RunOutcome['status'] {
  if (exitCode === timeout) return 'timeout';
  const isSignal = (['SIGINT', 'SIGTERM'] as const).some((signal) => exitCodeOfSignal(signal) === exitCode);
  return isSignal ? 'cancellation' : 'failure';
}

function nodeDocument({ error, ...result }: NodeResult, cwd: string): object {
  const { durationMs } = result;
  const facts = { ...result, ...(durationMs !== undefined && { durationMs: toMicroseconds(durationMs) }) };
  if (error === undefined) return facts;
  const { name, code, message, hint, places = [] } = error;
  return {
    ...facts,
    error: {
      name,
      code: code ?? null,
      message: brief(message, 20_000),
      hint: hint ?? null,
      places: placesFrom(cwd, places),
    },
  };
}

/** No clock is more exact, and nobody reads more digits. */
function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
