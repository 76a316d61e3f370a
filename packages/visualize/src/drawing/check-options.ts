import { createSuggester, errorFromProblems, type Graph, type Problem } from '@flowerpower/core';
import type { VisualizeErrorCode } from '../errors/catalogue.js';
import { visualizeError } from '../errors/visualize-error.js';

/** The outputs as a set, or one error that names every output the graph does not have. */
export function checkOutputs(graph: Graph, outputs: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(outputs);
  const code: VisualizeErrorCode = 'FP_VISUALIZE_UNKNOWN_OUTPUT';
  const nodeLike = createSuggester(() => graph.nodes.keys());
  const problems: Problem[] = [...wanted]
    .filter((name) => !graph.nodes.has(name))
    .map((name) => ({
      code,
      message: `The graph has no node '${name}' to highlight as an output.`,
      hint: nodeLike(name) ?? 'Name a node of the graph, or leave it out of the outputs.',
    }));
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code, title: 'Some outputs are not in the graph' });
  }
  return wanted;
}

/** `orient`, which reaches us unchecked from command lines and plain JavaScript. */
export function checkOrient(orient: string): 'LR' | 'TB' {
  if (orient === 'LR' || orient === 'TB') return orient;
  throw visualizeError({
    code: 'FP_VISUALIZE_INVALID_OPTION',
    message: `A drawing cannot be oriented '${orient}'.`,
    hint: "Use 'LR' (left to right) or 'TB' (top to bottom).",
  });
}

/** A whole number of pixels or columns in a range, both ends included. */
export function checkWidth(width: number, range: { readonly min: number; readonly max: number }): number {
  if (Number.isInteger(width) && width >= range.min && width <= range.max) return width;
  throw visualizeError({
    code: 'FP_VISUALIZE_INVALID_OPTION',
    message: `A drawing cannot be ${String(width)} wide.`,
    hint: `Give a whole number from ${range.min} to ${range.max}.`,
  });
}
