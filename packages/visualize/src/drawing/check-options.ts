import {
  aBoolean,
  aNameList,
  anything,
  anyText,
  createSuggester,
  errorFromProblems,
  type Graph,
  isRecord,
  optionProblems,
  type OptionRules,
  type Problem,
  readProperty,
} from '@flowerpower/core';
import type { VisualizeErrorCode } from '../errors/catalogue.js';
import { visualizeError } from '../errors/visualize-error.js';

/** What the options of every format are; `orient` and `width` are looked at where their ranges are known. */
const viewRules: OptionRules = {
  hideInputs: aBoolean,
  showLegend: aBoolean,
  outputs: aNameList,
  title: anyText,
};
const drawRules: OptionRules = { ...viewRules, orient: anything };
const rules: Readonly<Record<string, OptionRules>> = {
  toText: { ...viewRules, color: aBoolean, width: anything },
  toPng: { ...drawRules, width: anything },
};

/**
 * Refuses what the compiler would have refused, for whoever writes JavaScript.
 *
 * @param of - the function that was given it. @throws FlowerPowerError `FP_VISUALIZE_INVALID_OPTION` with every problem.
 */
export function checkRequest(of: string, graph: unknown, options: unknown): void {
  const code: VisualizeErrorCode = 'FP_VISUALIZE_INVALID_OPTION';
  const isGraph = isRecord(graph) && readProperty(graph, 'nodes') instanceof Map;
  const problems: Problem[] = [
    ...(isGraph
      ? []
      : [{ code, message: 'The graph must be that of a driver.', hint: 'Give driver.graph.' }]),
    ...optionProblems(options, rules[of] ?? drawRules),
  ];
  if (problems.length === 0) return;
  throw errorFromProblems(
    problems.map((problem) => ({ ...problem, code, message: `${of}: ${problem.message}` })),
    { code, title: 'Nothing can be drawn' },
  );
}

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
