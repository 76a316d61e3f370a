import { errorFromProblems, type Problem } from '@flowerpower/core';
import { defaultCacheDir, type FileCacheStore } from '@flowerpower/runtime';
import { readCatalog } from '../catalog/read-catalog.js';
import { readPipelineConfig } from '../configuration/read-configuration.js';
import { requireCacheValues } from '../configuration/unset-values.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { createMask } from '../secrets/mask.js';
import type { PipelineManagerParts } from './manager-parts.js';

/** A directory in which values of nodes are kept. */
export interface ProjectCache {
  /** As configured: relative to the project, or a URI. */
  readonly dir: string;
  /** The pipelines whose cache is here and switched on. */
  readonly pipelines: readonly string[];
  readonly store: FileCacheStore;
}

/** @throws FlowerPowerError for locations that may not be used, each with the place of its `run.cache.dir`. */
export async function listCaches(parts: PipelineManagerParts): Promise<ProjectCache[]> {
  const found = new Map<string, { pipelines: string[]; store: FileCacheStore }>();
  const problems: Problem[] = [];
  for (const entry of await readCatalog(parts.fs, parts)) {
    const configuration = await readPipelineConfig(parts, { entry });
    const mask = createMask(configuration.environmentValues, [parts.root]);
    parts.onMask?.(mask.text, mask.secrets);
    requireCacheValues(configuration);
    const { value, placeOf } = configuration;
    const { cache } = value.run;
    const dir = cache.dir ?? defaultCacheDir;
    const at = `run.cache.dir of the pipeline '${entry.name}'`;
    const place = placeOf(['run', 'cache', 'dir']);
    const refused = parts.runner.checkCache(cache, place).map((problem) => ({
      ...problem,
      message: problem.message.replace('run.cache.dir', at),
    }));
    problems.push(...refused);
    if (refused.length > 0) continue;
    const known = found.get(dir) ?? { pipelines: [], store: parts.runner.cacheStore(cache) };
    if (cache.enabled) known.pipelines.push(entry.name);
    found.set(dir, known);
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_PROJECT_LOCATIONS';
    throw errorFromProblems(problems, { code, title: 'The project names caches that it may not use' });
  }
  return [...found].map(([dir, cache]) => ({ dir, ...cache }));
}
