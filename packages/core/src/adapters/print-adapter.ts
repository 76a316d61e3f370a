import { messageOf } from '../errors/message-of.js';
import { isError } from '../errors/is-error.js';
import { previewValue } from '../errors/preview-value.js';
import type { Adapter, NodeEndEvent } from './adapter.js';
import { aFunction } from '../errors/option-rules.js';
import { requireAdapterOptions } from './adapter-option-error.js';
import { everyNode, type NodeFilter } from './node-filter.js';

export interface PrintAdapterOptions {
  /**
   * `1` (default): a line when a node ends. `2`: also a line when it starts, with the beginning of each input,
   * and the beginning of its value. Level 2 shows data: mind secrets.
   */
  readonly verbosity?: 1 | 2;
  /** Receives each line, without a line break at its end; a promise is waited for at the end of the run. Default `console.log`. */
  readonly write?: (line: string) => void;
  /** The nodes to print. Default: all. */
  readonly nodeFilter?: NodeFilter;
}

/**
 * An adapter that prints a line for every node. Durations are in milliseconds of wall time, waiting included.
 *
 * @throws FlowerPowerError `FP_BAD_ADAPTER_OPTION` for another verbosity.
 *
 * @example
 * ```ts
 * import { createDriver, printAdapter } from '@flowerpower/core';
 *
 * const m = { double: ({ x }: { x: number }) => 2 * x };
 * const driver = createDriver({ modules: [m], adapters: [printAdapter({ verbosity: 2 })] });
 * driver.executeSync(['double'], { inputs: { x: 2 } });
 * // double starts with x = 2
 * // double ended after 0.1 ms with 4
 * ```
 */
export function printAdapter(options: PrintAdapterOptions = {}): Adapter {
  requireAdapterOptions('printAdapter', options, {
    verbosity: { fits: (value) => value === 1 || value === 2, expected: '1 or 2' },
    write: aFunction,
    nodeFilter: aFunction,
  });
  const { verbosity = 1, write = (line) => console.log(line), nodeFilter = everyNode } = options;
  return {
    name: 'print',
    ...(verbosity === 2 && {
      onNodeStart({ node, inputs }) {
        return nodeFilter(node) ? write(`${node.name} starts${describeInputs(inputs)}`) : undefined;
      },
    }),
    onNodeEnd(event) {
      return nodeFilter(event.node) ? write(describeEnd(event, verbosity === 2)) : undefined;
    },
  };
}

function describeInputs(inputs: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(inputs);
  if (entries.length === 0) return '';
  return ` with ${entries.map(([name, value]) => `${name} = ${previewValue(value)}`).join(', ')}`;
}

function describeEnd(event: NodeEndEvent, withValue: boolean): string {
  const { node, durationMs } = event;
  const time = `${durationMs.toFixed(1)} ms`;
  if (event.status === 'success') {
    return `${node.name} ended after ${time}${withValue ? ` with ${previewValue(event.value)}` : ''}`;
  }
  const { error } = event;
  return `${node.name} failed after ${time}: ${isError(error) ? messageOf(error) : previewValue(error)}`;
}
