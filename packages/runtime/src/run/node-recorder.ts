/**
 * Watches the nodes of one run: emits their events, keeps what later attempts need, and stops synchronous
 * stretches in which no timer can fire. It is the outermost middleware, so it sees each node once per attempt.
 */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Adapter, GraphNode } from '@flowerpower/core';
import type { IoMetadata } from '@flowerpower/io';
import type { Clock } from '../clock/clock.js';
import { describeError } from '../errors/describe-error.js';
import { runtimeError } from '../errors/runtime-error.js';
import type { EventStream } from '../events/event-stream.js';
import { summarizeValue } from '../events/summarize-value.js';
import type { Logger } from '../logging/logger.js';
import { plainData } from '../logging/plain-data.js';
import { type RunStop, stopError } from './run-stop.js';

/** Which node the current code belongs to, for log records. */
export interface NodeScope {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
}

/** What one node threw. */
export interface NodeFailure {
  readonly node: GraphNode;
  readonly error: unknown;
}

export interface NodeRecorderOptions {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly log: Logger;
  readonly stop: RunStop;
  readonly scope: AsyncLocalStorage<NodeScope>;
  /** Savers by node name, with the name of what they save. */
  readonly savers: ReadonlyMap<string, string>;
  /** Refuses promises instead of watching them. */
  readonly synchronous: boolean;
}

interface AttemptOptions {
  /** Counted from 1. */
  readonly attempt: number;
  /** Whether values are kept for a further attempt. */
  readonly keepValues: boolean;
}

export interface NodeRecorder {
  /** Begins an attempt; the adapter belongs to it alone. */
  begin(options: AttemptOptions): Adapter;
  /** Failures of the current attempt, in the order they happened. */
  failures(): readonly NodeFailure[];
  /** Nodes that run at this moment. */
  running(): readonly string[];
  /** Values of nodes that succeeded, for the next attempt. */
  kept(): Readonly<Record<string, unknown>>;
  /** Tells which planned nodes were left out because of a failure. */
  skip(nodes: ReadonlyMap<string, GraphNode>, planned: readonly string[]): void;
  counts(): { readonly succeeded: number; readonly failed: number; readonly skipped: number };
  /** From here on what still ends is logged and nothing else. */
  close(): void;
}

export function createNodeRecorder(options: NodeRecorderOptions): NodeRecorder {
  const { clock, events, log, stop, scope, savers, synchronous } = options;
  const succeeded = new Set<string>();
  const values = new Map<string, unknown>();
  const running = new Set<string>();
  let failures: NodeFailure[] = [];
  let skipped = 0;
  let currentAttempt = 0;
  let closed = false;

  function enter(
    node: GraphNode,
    runId: string,
    { attempt, keepValues }: AttemptOptions,
    next: () => unknown,
  ) {
    const { name } = node;
    // An override cannot say undefined, so a node that gave undefined is asked again and answered from here.
    if (values.has(name)) return values.get(name);
    const cause = stop.cause();
    if (cause !== undefined) throw stopError(cause, []);
    const startedMs = clock.elapsedMs();
    running.add(name);
    succeeded.delete(name);
    events.emit({ type: 'node.started', node: name, attempt });

    const succeed = (value: unknown) => {
      running.delete(name);
      if (closed) return logLate(name, 'ended');
      succeeded.add(name);
      if (keepValues && !isOneShot(value)) values.set(name, value);
      const durationMs = clock.elapsedMs() - startedMs;
      events.emit({
        type: 'node.succeeded',
        node: name,
        attempt,
        durationMs,
        summary: summarizeValue(value),
      });
      const saved = savers.get(name);
      if (saved !== undefined) {
        events.emit({ type: 'artifact.written', node: saved, metadata: plainData(value) as IoMetadata });
      }
    };
    const fail = (error: unknown) => {
      running.delete(name);
      if (closed) return logLate(name, 'failed', error);
      failures.push({ node, error });
      const durationMs = clock.elapsedMs() - startedMs;
      events.emit({ type: 'node.failed', node: name, attempt, durationMs, error: describeError(error) });
    };

    let value: unknown;
    try {
      value = scope.run({ runId, node: name, attempt }, next);
      if (isThenable(value) && synchronous) throw refusePromise(name, value);
    } catch (error) {
      fail(error);
      throw error;
    }
    if (!isThenable(value)) {
      succeed(value);
      return value;
    }
    return Promise.resolve(value).then(
      (settled: unknown) => {
        succeed(settled);
        return settled;
      },
      (error: unknown) => {
        fail(error);
        throw error;
      },
    );
  }

  function logLate(node: string, how: 'ended' | 'failed', error?: unknown): void {
    log.warn(`The node '${node}' ${how} after its run had been given up; what it gave is not used.`, {
      ...(error !== undefined && { error }),
    });
  }

  return {
    begin(attemptOptions) {
      failures = [];
      skipped = 0;
      currentAttempt = attemptOptions.attempt;
      return {
        name: 'flowerpower-runtime',
        aroundNode: ({ node, runId }, next) => enter(node, runId, attemptOptions, next),
      };
    },
    failures: () => failures,
    running: () => [...running],
    kept: () => Object.fromEntries(values),
    skip(nodes, planned) {
      const blame = new Map(failures.map(({ node }) => [node.name, node.name]));
      for (const name of planned) {
        if (succeeded.has(name) || blame.has(name)) continue;
        const origin = nodes.get(name)?.dependencies.find(({ node }) => blame.has(node));
        if (origin === undefined) continue;
        const because = blame.get(origin.node)!;
        blame.set(name, because);
        skipped++;
        events.emit({ type: 'node.skipped', node: name, attempt: currentAttempt, because });
      }
    },
    counts: () => ({ succeeded: succeeded.size, failed: failures.length, skipped }),
    close: () => void (closed = true),
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** A value that can be read once is no use to a second attempt; its node runs again. */
function isOneShot(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || typeof (value as { next?: unknown }).next === 'function';
}

/** The promise is left to itself; its rejection must not end the process. */
function refusePromise(node: string, promise: PromiseLike<unknown>): Error {
  Promise.resolve(promise).catch(() => {});
  return runtimeError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `The node '${node}' returned a promise, which a synchronous run cannot wait for.`,
    hint: 'Use run(...) instead of runSync(...).',
  });
}
