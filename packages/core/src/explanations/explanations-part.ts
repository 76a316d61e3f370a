import { renamedParameters } from '../draft/renamed-parameters.js';
import { renamedProblem } from '../draft/renamed-problem.js';
import type { BindNodes } from '../graph/draft-graph.js';
import type { Part } from '../engine/part.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { placesOf } from '../errors/fault.js';
import { createSuggester } from '../errors/suggest.js';
import type { GraphFault } from '../graph/graph-fault.js';
import type { RequestFault } from '../plan/request-fault.js';
import type { Explanation, Near } from './explanation.js';
import { graphExplanations } from './graph-explanations.js';
import { requestExplanations } from './request-explanations.js';

/**
 * Says in the errors of a graph, and of what is asked of it, what to do about them and which names are near a mistyped
 * one. Without it they have their code, the names involved and the places. A driver of `createDriver` has it.
 *
 * @example
 * ```ts
 * import { createEngine } from '@flowerpower/core/engine';
 * import { explanationsPart } from '@flowerpower/core/explanations';
 *
 * const m = { net: ({ gross }: { gross: number }) => gross / 1.25 };
 * const request = { inputs: { gros: 10 } } as never;
 * createEngine({ modules: [m] }).executeSync(['net'], request); // throws FP_INVALID_EXECUTION
 * const parts = [explanationsPart()];
 * createEngine({ modules: [m], parts }).executeSync(['net'], request); // throws FP_INVALID_EXECUTION
 * ```
 */
export function explanationsPart(): Part {
  return { bind: reportRenamed, explain };
}

/** What would be a missing input, or a default that is taken in silence. */
const reportRenamed: BindNodes = (nodes, report) => {
  for (const draft of nodes.values()) {
    if (!draft.fromText) continue;
    for (const renamed of renamedParameters(draft, (name) => nodes.has(name)))
      report(renamedProblem(renamed, draft));
  }
};

function explain(faults: readonly (GraphFault | RequestFault)[]): CoreProblem[] {
  const near = createNear();
  const explanations: Readonly<Record<string, Explanation<never>>> = {
    ...graphExplanations,
    ...requestExplanations,
  };
  return faults.map((fault) => ({
    code: fault.code,
    ...explanations[fault.code]!(fault as never, near),
    places: placesOf(fault),
  }));
}

/** Suggestions for the faults that are found together. */
function createNear(): Near {
  const suggesters: Record<string, ReturnType<typeof createSuggester>> = {};
  return (name, kind, known, except) => (suggesters[kind] ??= createSuggester(known))(name, except);
}
