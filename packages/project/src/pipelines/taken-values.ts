/** What the check knows of the values that a pipeline takes from others. */
import type { CheckModule } from '../check/checked-module.js';
import type { LoadedInput } from '../check/loaded-input.js';
import type { LoadedPipeline } from './loaded-pipeline.js';

/** By the names under which they are taken. A node that a modifier made, or a fan-out, tells no type here. */
export function takenValues({ parts }: Pick<LoadedPipeline, 'parts'>): LoadedInput[] {
  return Object.values(parts).flatMap(({ pipeline, outputs }) =>
    Object.entries(outputs).map(([name, inner]): LoadedInput => {
      const loader = pipeline.loaders.find(({ target }) => target === inner);
      if (loader !== undefined) return { name, type: loader.valueType };
      const node = pipeline.graph.nodes.get(inner);
      if (node?.module === undefined || node.exportName === undefined || node.derived === true)
        return { name, type: 'unknown' };
      return { name, taken: { module: node.module, exportName: node.exportName } };
    }),
  );
}

/** The modules of all pipelines that are used, also of those that these use. */
export function partModules({ parts }: Pick<LoadedPipeline, 'parts'>): CheckModule[] {
  return Object.values(parts).flatMap(({ pipeline }) => [
    ...pipeline.modules.map((module) => ({ ...module, file: module.path })),
    ...partModules(pipeline),
  ]);
}
