import type { Part } from '../engine/part.js';
import { type ExportedExecution, exportPlan } from './export-execution.js';
import type { Inspection } from './inspection.js';
import { listAvailableVariables } from './list-available-variables.js';
import { versioningOf } from './node-versions.js';
import { type PlanSummary, summarisePlan } from './plan-summary.js';
import { downstreamOf, pathBetween, upstreamOf } from './reach.js';

type Values = Readonly<Record<string, unknown>>;

interface Request {
  readonly inputs?: Values;
  readonly overrides?: Values;
}

/** Questions about what `execute` would do, with the same errors for a request that cannot start; see `Driver`. */
interface RequestInspection {
  plan(outputs: readonly string[], options?: Request): PlanSummary;
  validateExecution(outputs: readonly string[], options?: Request): void;
  exportExecution(outputs: readonly string[], options?: Request): ExportedExecution;
}

/** The questions about a graph as methods of the driver. A driver of `createDriver` has them. */
export function inspectionPart(): Part<Inspection<string> & RequestInspection> {
  return {
    attach({ validated, planFor }) {
      const { graph } = validated;
      const versioning = versioningOf(validated);
      return {
        adds: {
          listAvailableVariables: (options) => listAvailableVariables(graph, options),
          upstreamOf: (...names) => upstreamOf(graph, ...names),
          downstreamOf: (...names) => downstreamOf(graph, ...names),
          pathBetween: (from, to) => pathBetween(graph, from, to),
          versions: () => versioning.all(),
          plan: (outputs, options = {}) => summarisePlan(planFor(outputs, options)),
          validateExecution: (outputs, options = {}) => void planFor(outputs, options),
          exportExecution: (outputs, options = {}) => exportPlan(planFor(outputs, options), versioning),
        },
      };
    },
  };
}
