import type { Adapter, NodeEndEvent, NodeStartEvent } from './adapter.js';
import { aFunction } from '../errors/option-rules.js';
import { requireAdapterOptions } from './adapter-option-error.js';
import { everyNode, type NodeFilter } from './node-filter.js';

/** The moment at which a node is looked at. */
export type DebugMoment =
  | { readonly moment: 'start'; readonly event: NodeStartEvent }
  | { readonly moment: 'end'; readonly event: NodeEndEvent };

export interface DebugAdapterOptions {
  /** The nodes to stop at. Default: all. */
  readonly nodeFilter?: NodeFilter;
  /** When to stop. Default: at the start and at the end. */
  readonly moments?: readonly DebugMoment['moment'][];
  /** What to do. Default: the `debugger` statement, which does nothing unless a debugger is attached. */
  readonly pause?: (at: DebugMoment) => void;
}

/**
 * An adapter that stops at chosen nodes: `event` holds the node and its inputs, and at the end its value or error.
 *
 * It only looks: values and errors stay what they are, and what `pause` throws is logged and changes nothing.
 *
 * @example
 * ```ts
 * import { createDriver, debugAdapter } from '@flowerpower/core';
 *
 * const m = { a: () => 1, b: ({ a }: { a: number }) => a + 1 };
 * const adapters = [debugAdapter({ nodeFilter: ({ name }) => name === 'b' })];
 * createDriver({ modules: [m], adapters }).executeSync(['b']); // stops before and after b, when debugged
 * ```
 */
export function debugAdapter(options: DebugAdapterOptions = {}): Adapter {
  requireAdapterOptions('debugAdapter', options, {
    nodeFilter: aFunction,
    moments: {
      fits: (value) => Array.isArray(value) && value.every((one) => one === 'start' || one === 'end'),
      expected: "a list of 'start' and 'end'",
    },
    pause: aFunction,
  });
  const { nodeFilter = everyNode, moments = ['start', 'end'], pause = stop } = options;
  return {
    name: 'debug',
    onNodeStart(event) {
      if (moments.includes('start') && nodeFilter(event.node)) return pause({ moment: 'start', event });
    },
    onNodeEnd(event) {
      if (moments.includes('end') && nodeFilter(event.node)) return pause({ moment: 'end', event });
    },
  };
}

/** @param _at - what to look at in the debugger. */
function stop(_at: DebugMoment): void {
  // oxlint-disable-next-line no-debugger -- stopping a debugger is what this adapter is for
  debugger;
}
