/** About how long the nodes of a pipeline take: the middle of the last runs in which each was computed. */
import type { ProjectRuns } from '../runs/project-runs.js';

/** How many runs are read. */
const runsRead = 5;

/** In milliseconds, by node. What cannot be read is as if it were not there: no plan fails for it. */
export async function expectedDurations(
  { list, show }: Pick<ProjectRuns, 'list' | 'show'>,
  pipeline: string,
): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number[]>();
  try {
    for (const { runId } of await list({ pipeline, status: 'success', limit: runsRead })) {
      for (const event of (await show(runId)).events) {
        if (event.type !== 'node.succeeded' || event.cached === true || event.cachedItems !== undefined)
          continue;
        const durations = known.get(event.node);
        if (durations === undefined) known.set(event.node, [event.durationMs]);
        else durations.push(event.durationMs);
      }
    }
  } catch {
    return new Map();
  }
  return new Map([...known].map(([node, durations]) => [node, middle(durations)]));
}

function middle(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
