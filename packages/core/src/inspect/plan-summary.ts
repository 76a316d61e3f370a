import type { Plan } from '../plan/plan.js';

/** What would run. */
export interface PlanSummary {
  /** Nodes to execute, in topological order. */
  readonly nodes: readonly string[];
  /** Values that come from outside and are used. */
  readonly inputs: readonly string[];
  readonly overrides: readonly string[];
}

export function summarisePlan({ nodes, planned, sources }: Plan): PlanSummary {
  const givenBy = (source: 'input' | 'override') =>
    sources.flatMap((from, slot) => (from === source ? nodes[slot]!.name : []));
  return {
    nodes: planned.map(({ name }) => name),
    inputs: givenBy('input'),
    overrides: givenBy('override'),
  };
}
