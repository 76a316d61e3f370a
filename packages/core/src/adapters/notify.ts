/** Tells observers what happens. What one throws or rejects with is logged, once in a run, and changes nothing. */
import { asPromise } from '../model/as-promise.js';
import type { Adapter, NodeEndEvent, NodeStartEvent, RunEndEvent, RunStartEvent } from './adapter.js';
import type { NodeLog } from '../model/functions.js';
import { isThenable } from '../model/is-thenable.js';

interface Hooks {
  readonly onRunStart: RunStartEvent;
  readonly onNodeStart: NodeStartEvent;
  readonly onNodeEnd: NodeEndEvent;
  readonly onRunEnd: RunEndEvent;
}

export interface Notifier {
  /** Tells those that listen. */
  tell<Name extends keyof Hooks>(adapters: readonly Adapter[], hook: Name, event: Hooks[Name]): void;
  /** What one observer gave, where its hook is called by its own name. */
  follow(adapter: Adapter, reported: PromiseLike<unknown>): void;
  warn(adapter: Adapter, error: unknown): void;
  /** A promise that resolves when all asynchronous observers reported until now are done; undefined when none is at work. */
  settle(): PromiseLike<unknown> | undefined;
}

/** @param synchronous - true when nothing can wait for an asynchronous observer; it is logged then. */
export function createNotifier(log: NodeLog, synchronous: boolean): Notifier {
  const atWork = new Set<PromiseLike<unknown>>();
  const failed = new Set<Adapter>();
  const warn = (adapter: Adapter, error: unknown) => {
    // Once for each: the set grows.
    if (failed.size < failed.add(adapter).size)
      log.warn(`The adapter '${adapter.name}' failed; the run goes on.`, { error });
  };

  const follow = (adapter: Adapter, reported: PromiseLike<unknown>) => {
    const ended: Promise<unknown> = asPromise(reported)
      .catch((error: unknown) => warn(adapter, error))
      .then(() => atWork.delete(ended));
    // What the log throws stays at work, where the run finds it.
    ended.catch(() => {});
    if (!synchronous) atWork.add(ended);
    else log.warn(`The adapter '${adapter.name}' is asynchronous; a synchronous run does not wait for it.`);
  };
  return {
    follow,
    warn,
    tell(adapters, hook, event) {
      for (const adapter of adapters) {
        try {
          // Which event belongs to which hook is known to the signature only.
          const reported = adapter[hook]?.(event as never);
          if (isThenable(reported)) follow(adapter, reported);
        } catch (error) {
          warn(adapter, error);
        }
      }
    },
    settle: () => (atWork.size === 0 ? undefined : Promise.all(atWork)),
  };
}
