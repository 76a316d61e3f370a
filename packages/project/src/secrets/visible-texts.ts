/** What everybody sees of a pipeline: where it is, and the names in it. */
import type { PipelineConfig } from '@flowerpower/config';
import type { DefinedModule } from '@flowerpower/core';

export function visibleTexts(
  root: string,
  name: string,
  io: PipelineConfig['io'],
  modules: readonly DefinedModule[],
): string[] {
  return [
    root,
    name,
    ...Object.keys(io.load),
    ...Object.keys(io.save),
    ...modules.flatMap((module) => [module.name ?? '', module.file ?? '', ...Object.keys(module.exports)]),
  ];
}
