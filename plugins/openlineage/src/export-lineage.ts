import type { RunEvent } from '@flowerpower/runtime';
import type { LineageEvent } from './lineage-event.js';
import { createLineageBuilder, type LineageOptions } from './lineage-builder.js';

/**
 * The events of OpenLineage (RunEvent 2-0-2) of recorded runs, in their order: for `events.ndjson` of a run, or events that a
 * listener has kept. Events of several runs may be mixed. Sends nothing.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { createRegistry } from '@flowerpower/plugin';
 * import { exportLineage } from '@flowerpower/plugin-openlineage';
 * import { createPipelineRunner, defaultRunConfig, type RunEvent } from '@flowerpower/runtime';
 *
 * const events: RunEvent[] = [];
 * const fs = createMemoryFileSystem();
 * const runner = createPipelineRunner({ registry: createRegistry(), fs, onEvent: (event) => events.push(event) });
 * const io = { load: {}, save: { rows: { type: 'json', path: 'rows.json' } } };
 * await runner.run({ name: 'shop', modules: [{ rows: () => [1, 2] }], params: {}, io, run: defaultRunConfig });
 * const lineage = exportLineage(events, { namespace: 'examples' });
 * console.log(lineage.map(({ eventType, job }) => `${eventType} ${job.namespace}/${job.name}`).join(', '));
 * ```
 */
export function exportLineage(events: Iterable<RunEvent>, options: LineageOptions = {}): LineageEvent[] {
  const builders = new Map<string, ReturnType<typeof createLineageBuilder>>();
  const made: LineageEvent[] = [];
  for (const event of events) {
    const builder = builders.get(event.runId) ?? createLineageBuilder(options);
    builders.set(event.runId, builder);
    made.push(...builder.onEvent(event));
  }
  return made;
}
