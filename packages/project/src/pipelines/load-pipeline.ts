import { pipelineKey } from '@flowerpower/config';
import { anyText, requireArgument } from '@flowerpower/core';
import { findPipeline, readCatalog } from '../catalog/read-catalog.js';
import { readPipelineConfig } from '../configuration/read-configuration.js';
import { requireGraphValues } from '../configuration/unset-values.js';
import { importModules } from '../modules/import-modules.js';
import { importSchemas } from '../modules/import-schemas.js';
import { createMask } from '../secrets/mask.js';
import { definitionOf, type LoadedPipeline } from './loaded-pipeline.js';
import type { PipelineManagerParts } from './manager-parts.js';
import { checkPipelineOverrides, configOverrides, type PipelineOverrides } from './pipeline-overrides.js';

export interface PipelineLoader {
  /** Reads the configuration, imports the modules and builds the graph. */
  load(name: string, overrides?: PipelineOverrides): Promise<LoadedPipeline>;
  /** What was loaded last under a name. */
  lastLoaded(name: string): LoadedPipeline | undefined;
}

export function createPipelineLoader(parts: PipelineManagerParts): PipelineLoader {
  const { fs, boundary, importer, runner, root } = parts;
  const loaded = new Map<string, LoadedPipeline>();
  return {
    lastLoaded: (name) => loaded.get(pipelineKey(name)),
    async load(name, overrides = {}) {
      requireArgument('The name of a pipeline', anyText, name);
      checkPipelineOverrides(overrides, 'The overrides');
      const entry = findPipeline(await readCatalog(fs, parts.environment), name, fs);
      const configuration = await readPipelineConfig(parts, {
        entry,
        set: overrides.set,
        overrides: configOverrides(overrides),
      });
      requireGraphValues(configuration);
      const { run, io } = configuration.value;
      const mask = createMask(configuration.environmentValues, root);
      parts.onMask?.(mask.text);
      const modules = await importModules(
        { fs, boundary, importer },
        {
          entry,
          additional: run.additionalModules,
          placeOf: (index) => configuration.placeOf(['run', 'additionalModules', String(index)]),
          reload: run.reload,
        },
      );
      const schemaModules = await importSchemas(
        { boundary, importer },
        {
          load: io.load,
          placeOf: (target) => configuration.placeOf(['io', 'load', target, 'schema']),
          reload: run.reload,
        },
      );
      const definition = definitionOf({ configuration, modules, schemaModules }, root);
      const { graph, outputs, loaders } = runner.build(definition);
      const pipeline: LoadedPipeline = {
        name: configuration.value.name,
        configuration,
        modules,
        schemaModules,
        loaders,
        graph: mask.graph(graph),
        outputs,
        warnings: configuration.warnings,
      };
      loaded.set(pipelineKey(name), pipeline);
      return pipeline;
    },
  };
}
