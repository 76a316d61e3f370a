/** Edges that a pipe has laid inside of an export. */
import type { DraftParameter, NodeDraft } from '../model/definition.js';

/** An edge whose value has gone through steps, with the parameter that the function knows. */
export interface PipedEdge extends DraftParameter {
  readonly pipedAs?: string;
}

/** The edge of a node that only gives the value of the last step. */
export interface PassedEdge extends DraftParameter {
  readonly passed?: true;
}

export function isPassing({ parameters }: NodeDraft): boolean {
  const [edge] = parameters as readonly PassedEdge[];
  return edge?.passed === true;
}
