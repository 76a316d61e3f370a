/**
 * Watches the nodes of one run: emits their events, keeps what later attempts need, and stops synchronous
 * stretches in which no timer can fire. It is the outermost middleware, so it sees each node once per attempt.
 */
import type { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Adapter,
  asPromise,
  giverOf,
  type Graph,
  type GraphNode,
  isFlowerPowerError,
  isReadOnce,
  isThenable,
  type NodeCall,
  readProperty,
  type RunReport,
} from '@flowerpower/core';
import type { IoMetadata } from '@flowerpower/io';
import { createIoMeter, type IoMeter } from '../../context/io-meter.js';
import type { Clock } from '../../clock/clock.js';
import { describeError } from '../../errors/describe-error.js';
import { runtimeError } from '../../errors/runtime-error.js';
import type { EventStream } from '../../events/event-stream.js';
import { maxItemEvents, type NodeCounts } from '../../events/run-event.js';
import { summarizeValue } from '../../events/summarize-value.js';
import type { Logger } from '../../logging/logger.js';
import { plainData } from '../../logging/plain-data.js';
import { createFailedChecks, type FailedCheck } from './failed-checks.js';
import { createIoFacts, type IoFacts, type IoNames } from './io-facts.js';
import { type CallWatch, createItemRecorder, loadedPart } from './item-recorder.js';
import type { LiveValues } from './live-values.js';
import { createKeptValues } from './kept-values.js';
import { type NodeState, NodeStates } from './node-states.js';
import type { NodeScope } from '../session/node-scope.js';
import { type RunStop, stopError } from '../session/run-stop.js';

export interface NodeRecorderOptions {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly log: Logger;
  readonly stop: RunStop;
  readonly scope: AsyncLocalStorage<NodeScope>;
  readonly graph: Graph;
  /** By node that loads, the one that hands the value on. */
  readonly valueNodes: ReadonlyMap<string, string>;
  readonly io: IoNames;
  /** Nodes that let checked values pass, with the parameters that get what the checks found. */
  readonly checked: ReadonlyMap<string, readonly string[]>;
  /** Outputs that the engine is not asked for, since a saver has to read them. */
  readonly watched: ReadonlySet<string>;
  /** Told of values that a run which resumes this one may need; undefined for none. */
  readonly live: LiveValues | undefined;
  /** Refuses promises instead of watching them. */
  readonly synchronous: boolean;
}

interface AttemptOptions {
  /** Counted from 1. */
  readonly attempt: number;
  /** Whether values are kept for a further attempt. */
  readonly keepValues: boolean;
}

export interface RunningNode {
  readonly node: string;
  readonly startedMs: number;
}

export interface NodeRecorder {
  /** Begins an attempt; the adapter belongs to it alone. */
  begin(options: AttemptOptions): Adapter;
  /**
   * Tells what only the end of an attempt shows.
   *
   * @param isDecided - whether every branch has been chosen that could be.
   */
  end(report: Pick<RunReport<Record<string, unknown>>, 'nodes' | 'outputs'>, isDecided: boolean): void;
  /** Nodes that run at this moment, in the order in which they started, with that moment on the clock's `elapsedMs`. */
  running(): readonly RunningNode[];
  /** What a node gave that other nodes have not finished to read, or that was asked for. */
  live(node: string): { readonly value: unknown } | undefined;
  /** Values of nodes that succeeded, for the next attempt. A fan-out runs anew unless what collects it is kept. */
  kept(): Readonly<Record<string, unknown>>;
  /** What the watched nodes gave, in the last attempt that called them, but for what can be read only once. */
  watchedValues(): ReadonlyMap<string, unknown>;
  /** What has become of a node; undefined when it did not begin. */
  stateOf(node: string): NodeState | undefined;
  /** What is known of the data that was loaded and saved until now. */
  readonly facts: Pick<IoFacts, 'saved' | 'loaded'>;
  failedChecks(): readonly FailedCheck[];
  counts(): NodeCounts;
  /** The attempt that goes on, counted from 1; 0 before the first. */
  attempt(): number;
  /** From here on what still ends is logged and nothing else. */
  close(): void;
}

export function createNodeRecorder(options: NodeRecorderOptions): NodeRecorder {
  const { clock, events, log, stop, scope, graph, valueNodes, io, checked, watched, live, synchronous } =
    options;
  const checks = createFailedChecks(checked);
  const facts = createIoFacts(io);
  const states = new NodeStates();
  const items = createItemRecorder({ clock, events, states, valueNodes });
  const values = createKeptValues(graph);
  const seen = new Map<string, unknown>();
  /** When they started, by name. */
  const running = new Map<string, number>();
  const late = new Set<string>();
  /** Not reported yet, because a later attempt may choose otherwise. */
  const notChosen = new Set<string>();
  /** How many artifacts of items were told, by saver. */
  const reported = new Map<string, number>();
  let current: AttemptOptions = { attempt: 0, keepValues: false };
  let closed = false;

  /** Outside of every fan-out. */
  function watchNode(node: GraphNode, { attempt, keepValues }: AttemptOptions, meter: IoMeter): CallWatch {
    const { name } = node;
    items.closeFor(node, 'start');
    const startedMs = clock.elapsedMs();
    running.set(name, startedMs);
    seen.delete(name);
    states.forget(name);
    events.emit({ type: 'node.started', node: name, attempt });
    return {
      succeed(value, isCached) {
        running.delete(name);
        items.closeFor(node, 'end');
        const cached = isCached && ({ cached: true } as const);
        const durationMs = clock.elapsedMs() - startedMs;
        states.set(name, { status: 'success', durationMs, ...cached });
        // A value that can be read once is no use to a second attempt; its node runs again.
        const isLasting = (keepValues || watched.has(name)) && !isReadOnce(valueOf(node, value));
        if (keepValues && isLasting) values.keep(name, value);
        if (watched.has(name) && isLasting) seen.set(name, value);
        live?.note(node, value);
        const summary = summarizeValue(valueOf(node, value));
        const loaded = loadedPart(node, valueNodes);
        events.emit({
          type: 'node.succeeded',
          node: name,
          attempt,
          durationMs,
          summary,
          ...ioPart(meter),
          ...cached,
          ...loaded,
        });
      },
      fail(error) {
        running.delete(name);
        const durationMs = clock.elapsedMs() - startedMs;
        const described = describeError(error);
        states.set(name, { status: 'failed', durationMs, error: described });
        events.emit({
          type: 'node.failed',
          node: name,
          attempt,
          durationMs,
          ...ioPart(meter),
          error: described,
        });
      },
      pass: () => void running.delete(name),
    };
  }

  function enter(call: NodeCall, attemptOptions: AttemptOptions, next: () => unknown): unknown {
    const { node, runId, item } = call;
    const { name } = node;
    const { attempt } = attemptOptions;
    const cause = stop.cause();
    if (cause !== undefined) throw stopError(cause);
    checks.note(call, attempt);
    const meter = createIoMeter(clock.elapsedMs);
    const watch =
      item === undefined ? watchNode(node, attemptOptions, meter) : items.begin(node, item, attempt, meter);

    const succeed = (value: unknown) => {
      if (closed) return logLate(name, 'ended');
      watch.succeed(value, call.cached);
      facts.note(call, attempt, value);
      tellArtifact(name, item, value);
    };
    const fail = (error: unknown) => {
      if (closed) return logLate(name, 'failed', error);
      // Whoever reads a stream of items fails with them; the report of the attempt says why.
      if (readsStream(node) && isOfItem(error)) watch.pass();
      else watch.fail(error);
    };

    let value: unknown;
    let isLater: boolean;
    try {
      value = scope.run({ runId, node: name, attempt, item, io: meter }, next);
      isLater = isThenable(value);
      if (isLater && synchronous) throw refusePromise(name, value as PromiseLike<unknown>);
    } catch (error) {
      fail(error);
      throw error;
    }
    if (!isLater) {
      succeed(value);
      return value;
    }
    return asPromise(value as PromiseLike<unknown>).then(
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

  function tellArtifact(node: string, item: readonly number[] | undefined, metadata: unknown): void {
    const target = io.saved.get(node);
    if (target === undefined || !isIoMetadata(metadata)) return;
    const before = reported.get(node) ?? 0;
    if (item !== undefined && before >= maxItemEvents) return;
    reported.set(node, before + 1);
    events.emit({ type: 'artifact.written', node: target, metadata: plainData(metadata) as IoMetadata });
  }

  /** Once for each node. */
  function logLate(node: string, how: 'ended' | 'failed', error?: unknown): void {
    if (late.has(node)) return;
    late.add(node);
    log.warn(`The node '${node}' ${how} after its run had been given up; what it gave is not used.`, {
      ...(error !== undefined && { error }),
    });
  }

  return {
    begin(attemptOptions) {
      current = attemptOptions;
      states.reopen();
      reported.clear();
      return {
        name: 'flowerpower-runtime',
        aroundNode: (call, next) => enter(call, attemptOptions, next),
      };
    },
    end({ nodes: outcomes, outputs }, isDecided) {
      items.closeAll(outcomes);
      const { attempt, keepValues } = current;
      for (const [node, outcome] of Object.entries(outcomes)) {
        if (outcome.status === 'skipped') {
          states.set(node, { status: 'skipped', because: outcome.because });
          events.emit({ type: 'node.skipped', node, attempt, because: outcome.because });
        } else if (outcome.status === 'not-chosen') {
          states.set(node, { status: 'not-chosen' });
          notChosen.add(node);
        } else if (outcome.status === 'success' && states.get(node) === undefined) {
          // Inside a fan-out without items.
          states.set(node, { status: 'success', items: 0 });
          facts.noteEmpty(node);
        }
        // The list of what a node inside a fan-out gave; the call of a node alone was kept as it ended.
        const isList = states.get(node)?.items !== undefined && Object.hasOwn(outputs, node);
        if (keepValues && isList && outcome.status === 'success') values.keep(node, outputs[node]);
      }
      if (keepValues) values.forgetFailed(outcomes);
      if (!isDecided) return;
      for (const node of notChosen) {
        if (states.get(node)?.status === 'not-chosen')
          events.emit({ type: 'node.not-chosen', node, attempt });
      }
      notChosen.clear();
    },
    running: () =>
      [...[...running].map(([node, startedMs]) => ({ node, startedMs })), ...items.running()].sort(
        (a, b) => a.startedMs - b.startedMs,
      ),
    live: (node) => live?.get(node),
    kept: () => values.list(),
    watchedValues: () => seen,
    stateOf: (node) => states.get(node) ?? (running.has(node) ? { status: 'unfinished' } : undefined),
    facts,
    failedChecks: () => checks.list(),
    counts: () => states.counts(),
    attempt: () => current.attempt,
    close: () => void (closed = true),
  };
}

function ioPart(meter: IoMeter): { readonly ioMs?: number } {
  const ioMs = meter.totalMs();
  return ioMs > 0 ? { ioMs } : {};
}

/** The value of a pair is what was loaded; the rest is facts about it. */
function valueOf({ loaded }: GraphNode, value: unknown): unknown {
  return loaded === 'pair' && Array.isArray(value) ? value[0] : value;
}

function readsStream({ dependencies }: GraphNode): boolean {
  return dependencies.some(({ collect }) => collect !== undefined && collect.as !== 'array');
}

/** The failure of an item, on its way outwards from the node that had it. */
function isOfItem(error: unknown): boolean {
  return (
    isFlowerPowerError(error) &&
    readProperty(error, 'code') === 'FP_NODE_FAILED' &&
    readProperty(error, 'item') !== undefined
  );
}

/** A saver of the user's own gives what it likes. */
function isIoMetadata(metadata: unknown): boolean {
  return typeof (metadata as Partial<IoMetadata> | null | undefined)?.uri === 'string';
}

/** The promise is left to itself; its rejection must not end the process. */
function refusePromise(node: string, promise: PromiseLike<unknown>): Error {
  asPromise(promise).catch(() => {});
  return runtimeError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `${giverOf(promise) ?? `The node '${node}' returned a promise`}, which a synchronous run cannot wait for.`,
    hint: 'Use run(...) instead of runSync(...).',
  });
}
