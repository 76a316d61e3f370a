/** Reads the YAML files of a project and resolves them with the environment and the caller's overrides. */
import {
  type Assignment,
  type ConfigText,
  type Environment,
  type Overrides,
  type PipelineConfig,
  type ProjectConfig,
  type Resolved,
  resolvePipelineConfig,
  resolveProjectConfig,
} from '@flowerpower/config';
import { didYouMean, FlowerPowerError } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { listPipelines } from '../catalog/list-pipelines.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { overlayDir, pipelineConfigFiles, projectFile } from '../layout/project-layout.js';

export interface ConfigurationSources {
  readonly fs: FileSystem;
  /** Environment variables, for references and `FP_…`. */
  readonly environment: Environment;
  /** Name of the overlay `conf/env/<env>.yml`, if one applies. */
  readonly env: string | undefined;
}

export async function readProjectConfig(sources: ConfigurationSources): Promise<Resolved<ProjectConfig>> {
  const { fs, environment } = sources;
  const known = await listPipelines(fs);
  return resolveProjectConfig({
    project: await readText(fs, projectFile),
    overlay: await readOverlay(sources),
    env: environment,
    knownPipelines: known.map(({ name }) => name),
  });
}

export interface PipelineRequest {
  readonly name: string;
  /** Assignments as in `--set run.timeout=30`, and settings from flags. */
  readonly set?: readonly (string | Assignment)[] | undefined;
  readonly overrides?: Overrides<PipelineConfig> | undefined;
}

/** The configuration of a pipeline; a pipeline without a YAML file has the defaults. */
export async function readPipelineConfig(
  sources: ConfigurationSources,
  request: PipelineRequest,
): Promise<Resolved<PipelineConfig>> {
  const { fs, environment } = sources;
  return resolvePipelineConfig({
    ...request,
    project: await readText(fs, projectFile),
    pipeline: await readFirst(fs, pipelineConfigFiles(request.name)),
    overlay: await readOverlay(sources),
    env: environment,
  });
}

async function readOverlay({ fs, env }: ConfigurationSources): Promise<ConfigText | undefined> {
  if (env === undefined) return undefined;
  const overlay = await readFirst(fs, [`${overlayDir}/${env}.yml`, `${overlayDir}/${env}.yaml`]);
  if (overlay !== undefined) return overlay;
  const known: string[] = [];
  for await (const { path } of fs.list(overlayDir)) {
    if (/\.ya?ml$/.test(path)) known.push(path.slice(overlayDir.length + 1).replace(/\.ya?ml$/, ''));
  }
  const code: ProjectErrorCode = 'FP_UNKNOWN_ENVIRONMENT';
  throw new FlowerPowerError({
    code,
    message: `There is no environment '${env}': looked for ${overlayDir}/${env}.yml.`,
    hint: didYouMean(env, known) ?? `Environments: ${known.join(', ') || 'none'}.`,
  });
}

async function readFirst(fs: FileSystem, paths: readonly string[]): Promise<ConfigText | undefined> {
  for (const path of paths) {
    const found = await readText(fs, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function readText(fs: FileSystem, path: string): Promise<ConfigText | undefined> {
  return (await fs.exists(path)) ? { file: path, text: await fs.readText(path) } : undefined;
}
