/** What a run is doing in this moment, from its events. */
import type { RunEvent } from '@flowerpower/runtime';
import { personName } from '../render/person-name.js';

export interface RunningNode {
  readonly name: string;
  readonly startedMs: number;
  /** Inside a fan-out: how many items had ended when that was last told, and when that was. */
  readonly items: { readonly ended: number; readonly failed: number; readonly atMs: number } | undefined;
  /** How many items there will be, where that is known. */
  readonly total: number | undefined;
}

export interface RunWatch {
  /** Takes an event in. */
  see(event: RunEvent): void;
  readonly startedMs: number | undefined;
  /** How many nodes there are to a person, and how many have ended. */
  readonly planned: number;
  readonly ended: number;
  readonly failed: number;
  /** In the order in which they began. */
  readonly running: () => readonly RunningNode[];
  /** The attempt that is waited for, and when it begins. */
  readonly next: { readonly attempt: number; readonly atMs: number } | undefined;
}

/** @param fanOutsAround - of each node the fan-outs around it, by the node that fans out; see `fanOutsAround` of the core. */
export function watchRun(
  nowMs: () => number,
  fanOutsAround: ReadonlyMap<string, readonly string[]>,
): RunWatch {
  const running = new Map<string, Pick<RunningNode, 'startedMs' | 'items'>>();
  const planned = new Set<string>();
  const ended = new Set<string>();
  const failed = new Set<string>();
  const sizes = new Map<string, number>();
  let startedMs: number | undefined;
  let next: RunWatch['next'];

  const totalOf = (node: string) => {
    const [fanOut, ...inner] = fanOutsAround.get(node) ?? [];
    // In a fan-out within a fan-out nobody knows it before the end.
    return fanOut === undefined || inner.length > 0 ? undefined : sizes.get(fanOut);
  };
  const end = (node: string) => {
    running.delete(node);
    const name = personName(node);
    if (planned.has(name)) ended.add(name);
  };
  return {
    see(event) {
      switch (event.type) {
        case 'run.started':
          startedMs = nowMs();
          for (const node of event.planned) planned.add(personName(node));
          return;
        case 'node.started':
          next = undefined;
          running.set(event.node, { startedMs: nowMs(), items: undefined });
          ended.delete(personName(event.node));
          failed.delete(personName(event.node));
          return;
        case 'node.progress': {
          const node = running.get(event.node);
          const items = { ended: event.items ?? 0, failed: event.failedItems ?? 0, atMs: nowMs() };
          if (node !== undefined) running.set(event.node, { ...node, items });
          return;
        }
        case 'node.succeeded':
          if (event.summary.rows !== undefined) sizes.set(event.node, event.summary.rows);
          return end(event.node);
        case 'node.failed':
          failed.add(personName(event.node));
          return end(event.node);
        case 'node.stopped':
        case 'node.skipped':
        case 'node.not-chosen':
          return end(event.node);
        case 'retry.scheduled':
          next = { attempt: event.attempt + 1, atMs: nowMs() + event.delayMs };
          return;
        default:
      }
    },
    get startedMs() {
      return startedMs;
    },
    get planned() {
      return planned.size;
    },
    get ended() {
      return ended.size;
    },
    get failed() {
      return failed.size;
    },
    get next() {
      return next;
    },
    running: () =>
      [...running].map(([node, state]) => ({ ...state, name: personName(node), total: totalOf(node) })),
  };
}
