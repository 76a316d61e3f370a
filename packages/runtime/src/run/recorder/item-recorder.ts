/**
 * Watches nodes inside fan-outs: counts their items and tells each node as one, so that a million items make no
 * million events.
 */
import type { GraphNode, NodeOutcome } from '@flowerpower/core';
import type { IoMeter } from '../../context/io-meter.js';
import type { Clock } from '../../clock/clock.js';
import { type DescribedError, describeError } from '../../errors/describe-error.js';
import type { EventStream } from '../../events/event-stream.js';
import { type ItemCounts, maxItemEvents } from '../../events/run-event.js';
import type { NodeState, NodeStates } from './node-states.js';

/** Told how one call of a node ended. */
export interface CallWatch {
  succeed(value: unknown, cached: boolean): void;
  fail(error: unknown): void;
  /** The call ended because of the failure of an item that another node had; it is told of that one. */
  pass(): void;
}

export interface ItemRecorder {
  begin(node: GraphNode, item: readonly number[], attempt: number, meter: IoMeter): CallWatch;
  /** Ends the nodes that are complete as this node starts, or ends, outside of every fan-out. */
  closeFor(collector: GraphNode, moment: 'start' | 'end'): void;
  /** Ends all others, as the report of the attempt says. */
  closeAll(outcomes: Readonly<Record<string, NodeOutcome>>): void;
  /** Nodes with an item under way, with the moment of their first item on the clock's `elapsedMs`. */
  running(): { readonly node: string; readonly startedMs: number }[];
}

interface Tally {
  readonly node: GraphNode;
  readonly attempt: number;
  readonly startedMs: number;
  endedMs: number;
  toldMs: number;
  running: number;
  items: number;
  failedItems: number;
  cachedItems: number;
  ioMs: number;
  firstFailure: DescribedError | undefined;
}

const progressMs = 1000;

export function createItemRecorder(options: {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly states: NodeStates;
  /** By node that loads, the one that hands the value on. */
  readonly valueNodes: ReadonlyMap<string, string>;
}): ItemRecorder {
  const { clock, events, states, valueNodes } = options;
  /** Nodes that have begun and are not reported as ended, by name. */
  const open = new Map<string, Tally>();

  function tallyOf(node: GraphNode, attempt: number): Tally {
    const known = open.get(node.name);
    if (known !== undefined) return known;
    const startedMs = clock.elapsedMs();
    const tally: Tally = {
      node,
      attempt,
      startedMs,
      endedMs: startedMs,
      toldMs: startedMs,
      running: 0,
      items: 0,
      failedItems: 0,
      cachedItems: 0,
      ioMs: 0,
      firstFailure: undefined,
    };
    open.set(node.name, tally);
    states.forget(node.name);
    events.emit({ type: 'node.started', node: node.name, attempt });
    return tally;
  }

  function endItem(tally: Tally, meter: IoMeter): void {
    tally.running--;
    tally.ioMs += meter.totalMs();
    tally.items++;
    tally.endedMs = clock.elapsedMs();
    if (tally.endedMs - tally.toldMs < progressMs) return;
    tally.toldMs = tally.endedMs;
    const { node, attempt } = tally;
    events.emit({ type: 'node.progress', node: node.name, attempt, ...countsOf(tally) });
  }

  function close(tally: Tally, status: NodeOutcome['status']): void {
    const { node, attempt, startedMs, endedMs, items, cachedItems, firstFailure, ioMs } = tally;
    open.delete(node.name);
    const io = ioMs > 0 && { ioMs };
    const base = { node: node.name, attempt, durationMs: endedMs - startedMs, ...countsOf(tally) };
    const cached = items > 0 && cachedItems === items && ({ cached: true } as const);
    const fromCache = { ...cached, ...(cachedItems > 0 && { cachedItems }) };
    const state = (ended: NodeState['status']): NodeState => ({
      status: ended,
      durationMs: base.durationMs,
      ...countsOf(tally),
      ...fromCache,
    });
    if (status === 'success') {
      states.set(node.name, state('success'));
      const summary = { type: 'array', rows: items };
      events.emit({
        type: 'node.succeeded',
        ...base,
        summary,
        ...io,
        ...loadedPart(node, valueNodes),
        ...fromCache,
        ...(firstFailure && { firstFailure }),
      });
    } else if (status === 'failed' && firstFailure !== undefined) {
      states.set(node.name, { ...state('failed'), error: firstFailure });
      events.emit({ type: 'node.failed', ...base, ...io, error: firstFailure });
    } else {
      states.set(node.name, state('unfinished'));
      events.emit({ type: 'node.stopped', ...base });
    }
  }

  return {
    begin(node, item, attempt, meter) {
      const tally = tallyOf(node, attempt);
      const startedMs = clock.elapsedMs();
      tally.running++;
      return {
        succeed(_value, cached) {
          if (cached) tally.cachedItems++;
          endItem(tally, meter);
        },
        fail(error) {
          const described =
            tally.failedItems < maxItemEvents || tally.firstFailure === undefined
              ? describeError(error)
              : undefined;
          tally.firstFailure ??= described;
          if (tally.failedItems < maxItemEvents && described !== undefined) {
            const durationMs = clock.elapsedMs() - startedMs;
            events.emit({
              type: 'item.failed',
              node: node.name,
              attempt,
              item,
              durationMs,
              error: described,
            });
          }
          tally.failedItems++;
          endItem(tally, meter);
        },
        pass: () => void tally.running--,
      };
    },
    closeFor(collector, moment) {
      if (open.size === 0) return;
      const collected = collector.dependencies.filter((edge) => edge.collect !== undefined);
      // Of a stream items may still come while the collector runs.
      const isStream = collected.some((edge) => edge.collect?.as !== 'array');
      if (isStream && moment === 'start') return;
      const ready = collected.map((edge) => edge.node);
      const complete = new Set<Tally>();
      for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
        const tally = open.get(name);
        if (tally === undefined || complete.has(tally)) continue;
        complete.add(tally);
        ready.push(...tally.node.dependencies.map((edge) => edge.node));
      }
      // In the order in which they began.
      for (const tally of open.values()) if (complete.has(tally)) close(tally, 'success');
    },
    closeAll(outcomes) {
      for (const tally of open.values()) close(tally, outcomes[tally.node.name]?.status ?? 'not-run');
    },
    running: () =>
      [...open.values()]
        .filter(({ running }) => running > 0)
        .map(({ node, startedMs }) => ({ node: node.name, startedMs })),
  };
}

/** What an event says of a node of loaded data. */
export function loadedPart({ name, loaded }: GraphNode, valueNodes: ReadonlyMap<string, string>) {
  if (loaded === undefined) return undefined;
  const valueNode = loaded === 'pair' ? valueNodes.get(name) : undefined;
  return { loaded, ...(valueNode !== undefined && { valueNode }) };
}

function countsOf({ items, failedItems }: Tally): ItemCounts {
  return { items, ...(failedItems > 0 && { failedItems }) };
}
