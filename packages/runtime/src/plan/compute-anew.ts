import type { PipelineDefinition } from '../config/pipeline-definition.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import type { Slice } from './slice-graph.js';

/** The pipeline that a slice runs: one whose cache is not asked for what is computed anew. */
export function slicedPipeline(
  built: BuiltPipeline,
  slice: Slice | undefined,
  build: (definition: PipelineDefinition) => BuiltPipeline,
): BuiltPipeline {
  const definition = slice === undefined ? built.definition : computeAnew(built, slice.anew);
  return definition === built.definition ? built : build(definition);
}

/** What is computed is kept again. */
function computeAnew({ definition, driver }: BuiltPipeline, nodes: ReadonlySet<string>): PipelineDefinition {
  const { cache } = definition.run;
  if (cache?.enabled !== true || driver.cache === undefined) return definition;
  const { behaviors } = driver.cache;
  const anew = new Set([...nodes].filter((name) => behaviors.get(name) === 'default'));
  if (anew.size === 0) return definition;
  const { recompute, default: kept } = cache;
  const others = Array.isArray(kept) ? (kept as readonly string[]).filter((name) => !anew.has(name)) : kept;
  const listed = Array.isArray(recompute) ? [...(recompute as readonly string[]), ...anew] : [...anew];
  return {
    ...definition,
    run: {
      ...definition.run,
      cache: { ...cache, default: others, recompute: recompute === true ? true : listed },
    },
  };
}
