/** The adapters of one run, each kept from hurting it: what one throws is said once and counted, what hangs is left behind. */
import { asPromise, isThenable, messageOf, type NodeLog } from '@flowerpower/core';
import type { AdapterContext, EndedRun, RunAdapter, WatchedRun } from '@flowerpower/plugin';
import type { Clock } from '../clock/clock.js';
import type { RunEvent } from '../events/run-event.js';
import { maskStrings } from '../logging/mask-strings.js';
import type { ChosenAdapter } from './resolve-adapters.js';
import { initializeTelemetry } from './telemetry.js';

/** How long a run waits for all of its adapters at its end. */
export const finishMs = 2000;

export interface RunWatchers {
  start(run: WatchedRun): void;
  onEvent(event: RunEvent): void;
  /** Undefined when nothing has to be waited for; else a promise that never rejects and settles within {@link finishMs}. */
  finish(end: EndedRun): Promise<void> | undefined;
}

export interface RunWatchersOptions {
  readonly adapters: readonly ChosenAdapter[];
  readonly clock: Clock;
  /** Whose lines are no events: the adapters would meet them again. */
  readonly log: NodeLog;
  readonly resolve: AdapterContext['resolve'];
  readonly mask?: ((text: string) => string) | undefined;
}

interface Watcher {
  readonly name: string;
  readonly adapter: RunAdapter | undefined;
  readonly lost: (count: number, reason?: unknown) => void;
}

/** @returns undefined for a run without adapters, which then costs nothing. */
export function createRunWatchers(options: RunWatchersOptions): RunWatchers | undefined {
  const { adapters, clock, log, resolve, mask } = options;
  if (adapters.length === 0) return undefined;
  const telemetry = initializeTelemetry();
  const watchers = adapters.map((chosen) => make(chosen));

  function make({ name, factory, options: accepted }: ChosenAdapter): Watcher {
    let isSaid = false;
    const lost = (count: number, reason?: unknown) => {
      telemetry.countLost(name, count);
      if (isSaid) return;
      isSaid = true;
      const why = reason === undefined ? '' : `: ${messageOf(reason)}`;
      log.warn(`The adapter '${name}' lost something${why}; the run goes on, and this is said once.`);
    };
    const context: AdapterContext = {
      log,
      clock,
      resolve,
      lost,
      mask: mask ?? ((text) => text),
      lostSoFar: telemetry.lost,
    };
    const adapter = guarded(() => factory.create(accepted, context), lost) as RunAdapter | undefined;
    return { name, adapter, lost };
  }

  return {
    start(run) {
      for (const { adapter, lost } of watchers)
        watch(
          guarded(() => adapter?.start?.(run), lost),
          lost,
        );
    },
    onEvent(event) {
      const shown = mask === undefined ? event : maskStrings(event, mask);
      for (const { adapter, lost } of watchers)
        watch(
          guarded(() => adapter?.onEvent(shown), lost),
          lost,
        );
    },
    finish(end) {
      const controller = new AbortController();
      const waiting = new Map<Watcher, Promise<void>>();
      for (const watcher of watchers) {
        const { adapter, lost } = watcher;
        const returned = guarded(() => adapter?.finish?.(end, controller.signal), lost);
        if (!isThenable(returned)) continue;
        waiting.set(
          watcher,
          asPromise(returned)
            .then(
              () => {},
              (error: unknown) => lost(1, error),
            )
            .finally(() => waiting.delete(watcher)),
        );
      }
      if (waiting.size === 0) return undefined;
      return new Promise((resolve) => {
        const cancel = clock.schedule(finishMs, () => {
          for (const { lost } of waiting.keys())
            lost(1, new Error(`it had not finished ${finishMs / 1000} s after the run`));
          waiting.clear();
          controller.abort();
          resolve();
        });
        void Promise.all(waiting.values()).then(() => {
          cancel();
          resolve();
        });
      });
    },
  };
}

/** What the call gives; undefined when it throws, which is counted. */
function guarded(call: () => unknown, lost: Watcher['lost']): unknown {
  try {
    return call();
  } catch (error) {
    lost(1, error);
    return undefined;
  }
}

/** Nobody waits for the promise; its rejection is counted. */
function watch(returned: unknown, lost: Watcher['lost']): void {
  if (isThenable(returned)) asPromise(returned).catch((error: unknown) => lost(1, error));
}
