import type { Part } from '../engine/part.js';
import { type ExportedExecution, exportPlan } from './export-execution.js';
import type { Inspection } from './inspection.js';
import { listAvailableVariables } from './list-available-variables.js';
import { versioningOf } from './node-versions.js';
import { downstreamOf, pathBetween, upstreamOf } from './reach.js';

type Values = Readonly<Record<string, unknown>>;

interface ExportsExecutions {
  /** What `execute` would run and be given, as plain data; see `exportExecution` of `Driver`. */
  exportExecution(
    outputs: readonly string[],
    options?: { readonly inputs?: Values; readonly overrides?: Values },
  ): ExportedExecution;
}

/** The questions about a graph as methods of the driver. A driver of `createDriver` has them. */
export function inspectionPart(): Part<Inspection<string> & ExportsExecutions> {
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
          exportExecution: (outputs, options = {}) => exportPlan(planFor(outputs, options), versioning),
        },
      };
    },
  };
}
