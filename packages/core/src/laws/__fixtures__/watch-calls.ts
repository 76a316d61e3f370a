/** Watches the functions of a random graph: which have been called, and which are at work. */
import { callName } from './interpret.js';
import type { RandomNode } from './random-graph.js';

export interface CallWatch {
  readonly onCall: (node: RandomNode, item: readonly number[]) => () => void;
  readonly started: readonly string[];
  readonly ended: ReadonlySet<string>;
  readonly running: ReadonlySet<string>;
  /** See `BuildOptions`. */
  readonly openLists: Set<object>;
}

/** @param onStart - called before the call counts as started. */
export function watchCalls(
  onStart: (node: RandomNode, item: readonly number[]) => void = () => {},
): CallWatch {
  const started: string[] = [];
  const ended = new Set<string>();
  const running = new Set<string>();
  return {
    started,
    ended,
    running,
    openLists: new Set(),
    onCall(node, item) {
      onStart(node, item);
      const call = callName(node.name, item);
      started.push(call);
      running.add(call);
      return () => {
        running.delete(call);
        ended.add(call);
      };
    },
  };
}

/** Long enough for whatever was forgotten to show up: several turns of the event loop. */
export async function afterwards(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
