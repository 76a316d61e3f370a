/** What a project has, for people and programs to look at. Reads files; imports and runs nothing. */
import type { PipelineConfig, Resolved } from '@flowerpower/config';
import { isFlowerPowerError, isRecord, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { type ConfigurationSources, readPipelineConfig } from '../configuration/read-configuration.js';
import { withoutAdditionalModules } from '../pipelines/additional-modules.js';
import { pipelineFilesOf } from '../transfer/pipeline-files.js';
import { type CatalogEntry, findPipeline, readCatalog, requireOwnNames } from '../catalog/read-catalog.js';

export interface SummaryOptions {
  /** One pipeline. Default: all. */
  readonly name?: string | undefined;
  /** Its configuration, as it is with every layer. Default true. */
  readonly config?: boolean | undefined;
  /** The text of its modules. Default true. */
  readonly code?: boolean | undefined;
}

/** A file of a pipeline. */
export interface FileSummary {
  /** Relative to the project. */
  readonly file: string;
  readonly sizeBytes: number | undefined;
  readonly modifiedAt: string | undefined;
}

export interface ModuleSummary extends FileSummary {
  readonly code?: string | undefined;
}

export interface PipelineSummary {
  readonly name: string;
  /** Absent where it runs with the defaults. */
  readonly configuration?: FileSummary | undefined;
  readonly modules: readonly ModuleSummary[];
  /** What came from the environment is shown by its reference, as `${DB_PASSWORD}`. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** Why its configuration cannot be shown. */
  readonly problem?: Problem | undefined;
}

/** @throws (rejects) `FP_UNKNOWN_PIPELINE`, `FP_PIPELINE_AMBIGUOUS`. */
export async function summarizePipelines(
  sources: ConfigurationSources,
  { name, config = true, code = true }: SummaryOptions = {},
): Promise<PipelineSummary[]> {
  const catalog = await readCatalog(sources.fs, sources);
  const entries =
    name === undefined
      ? await withoutAdditionalModules(requireOwnNames(catalog, sources.fs), sources)
      : [findPipeline(catalog, name, sources.fs)];
  const summaries: PipelineSummary[] = [];
  for (const entry of entries) summaries.push(await summarize(entry, sources, { config, code }));
  return summaries;
}

async function summarize(
  entry: CatalogEntry,
  sources: ConfigurationSources,
  { config, code }: { readonly config: boolean; readonly code: boolean },
): Promise<PipelineSummary> {
  const { fs } = sources;
  const { configuration, modules } = await pipelineFilesOf(fs, entry, sources.layout);
  const described: ModuleSummary[] = [];
  for (const file of modules)
    described.push({ ...(await fileSummary(fs, file)), ...(code && { code: await fs.readText(file) }) });
  const known = configuration === undefined ? undefined : await fileSummary(fs, configuration);
  const own = { name: entry.name, ...(known && { configuration: known }), modules: described };
  return config ? { ...own, ...(await configOf(entry, sources)) } : own;
}

async function configOf(
  entry: CatalogEntry,
  sources: ConfigurationSources,
): Promise<Pick<PipelineSummary, 'config' | 'problem'>> {
  try {
    return { config: shownConfig(await readPipelineConfig(sources, { entry })) };
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    const { code, message, hint, places } = error;
    return { problem: { code, message, hint, places } };
  }
}

/** Each value that came from the environment by its reference. */
function shownConfig({
  value,
  environmentValues,
}: Resolved<PipelineConfig>): Readonly<Record<string, unknown>> {
  const shown = structuredClone(value) as unknown as Record<string, unknown>;
  for (const each of environmentValues) {
    const keys = [...each.path];
    const last = keys.pop();
    const holder: unknown = keys.reduce<unknown>(
      (inner, key) => (isRecord(inner) ? inner[key] : undefined),
      shown,
    );
    if (last === undefined || !isRecord(holder) || !Object.hasOwn(holder, last)) continue;
    const held = holder[last];
    // A copy of our own.
    (holder as Record<string, unknown>)[last] = Array.isArray(held)
      ? held.map((item: unknown) => (item === each.value ? each.shown : item))
      : each.shown;
  }
  return shown;
}

async function fileSummary(fs: FileSystem, file: string): Promise<FileSummary> {
  const info = await fs.stat(file);
  return { file, sizeBytes: info.size, modifiedAt: info.mtime?.toISOString() };
}
