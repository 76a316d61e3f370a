import { pipelineKey } from '@flowerpower/config';
import { isFlowerPowerError } from '@flowerpower/core';
import { type ConfigurationSources, readPipelineConfig } from '../configuration/read-configuration.js';
import type { CatalogEntry } from '../catalog/read-catalog.js';

/**
 * Without the modules that only pipelines with a configuration name under `run.additionalModules`: they are parts, and
 * can seldom run alone. One that has a configuration of its own is a pipeline too.
 */
export async function withoutAdditionalModules(
  entries: readonly CatalogEntry[],
  sources: ConfigurationSources,
): Promise<CatalogEntry[]> {
  const parts = new Set<string>();
  for (const entry of entries) {
    if (!entry.configured) continue;
    for (const name of await additionalModules(entry, sources)) parts.add(pipelineKey(name));
  }
  return entries.filter(({ name, configured }) => configured || !parts.has(pipelineKey(name)));
}

/** Of a configuration that cannot be read nothing is known; whoever uses the pipeline is told why. */
export async function additionalModules(
  entry: CatalogEntry,
  sources: ConfigurationSources,
): Promise<readonly string[]> {
  try {
    return (await readPipelineConfig(sources, { entry })).value.run.additionalModules;
  } catch (error) {
    if (isFlowerPowerError(error)) return [];
    throw error;
  }
}
