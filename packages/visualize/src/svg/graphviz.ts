/** Graphviz as WebAssembly: loaded at first use, kept for the life of the process. */
import { messageOf } from '@flowerpower/core';
import type { Viz } from '@viz-js/viz';
import { visualizeError } from '../errors/visualize-error.js';

/** The parts of graphviz's `json0` output that we read. Lengths in points, the y axis points up. */
export interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly bb?: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
}

export const layoutHint =
  'Draw fewer nodes (hideInputs leaves the inputs out), or use toMermaid or toText, which need no layout.';

/** Process-wide on purpose: it takes long to load, and one layout ends before another begins. */
let instance: Promise<Viz> | undefined;

/**
 * Lays out a graph in DOT. Raises FP_VISUALIZE_LAYOUT_FAILED, whose cause carries graphviz's own message.
 */
export async function runGraphviz(dot: string): Promise<GraphvizJson> {
  instance ??= import('@viz-js/viz').then((module) => module.instance());
  try {
    const result = (await instance).render(dot, { format: 'json0' });
    const messages = result.errors.filter(({ level }) => level !== 'warning').map(({ message }) => message);
    if (result.status === 'failure' || messages.length > 0) {
      throw new Error(messages.join('\n') || 'graphviz gave no output');
    }
    return JSON.parse(result.output) as GraphvizJson;
  } catch (cause) {
    // A WebAssembly instance is in an unknown state after a trap (out of memory, stack overflow).
    instance = undefined;
    throw visualizeError({
      code: 'FP_VISUALIZE_LAYOUT_FAILED',
      message: `Graphviz could not lay out the graph: ${messageOf(cause)}`,
      hint: layoutHint,
      cause,
    });
  }
}
