/** Reads the YAML files of a project and resolves them with the environment and the caller's overrides. */
import {
  type Assignment,
  type BuiltConfig,
  type ConfigText,
  type Overrides,
  type PipelineConfig,
  type ProjectConfig,
  type Resolved,
  resolvePipelineConfig,
  resolveProjectConfig,
} from '@flowerpower/config';
import { boundedList, didYouMean, FlowerPowerError, messageOf, type Place, shorten } from '@flowerpower/core';
import { type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { Catalog, CatalogEntry, CatalogSources } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { environmentName } from './read-environment.js';

export interface ConfigurationSources extends CatalogSources {
  readonly fs: FileSystem;
  /** Where variables stand that `.env` files set. */
  readonly variablePlaces: ReadonlyMap<string, Place>;
  /** Name of the overlay `conf/env/<env>.yml`, if one applies. */
  readonly env: string | undefined;
  /** What whoever opened the project settles for every pipeline, below the settings of a call. */
  readonly settings?: readonly Assignment[] | undefined;
}

/** Variables that are not set below `storageOptions` are no error yet: what uses their scheme is refused. */
export async function readProjectConfig(
  sources: ConfigurationSources,
  catalog: Catalog,
): Promise<Resolved<ProjectConfig>> {
  const { fs } = sources;
  return resolveProjectConfig({
    ...readingOptions(sources),
    project: await readFirst(fs, sources.layout.projectFiles),
    overlay: await readOverlay(sources),
    knownPipelines: catalog.flatMap(({ name, fileName }) => [name, fileName]),
    allowUnset: true,
  });
}

export interface PipelineRequest {
  readonly entry: CatalogEntry;
  /** Assignments as in `--set run.timeout=30`, and settings from flags. */
  readonly set?: readonly (string | Assignment)[] | undefined;
  readonly overrides?: Overrides<PipelineConfig> | undefined;
  /** What hooks gave that build the configuration. */
  readonly built?: readonly BuiltConfig[] | undefined;
}

/**
 * The configuration of a pipeline; a pipeline without a YAML file has the defaults. Variables that are not set are no
 * error yet: see `unset-values.ts`.
 */
export async function readPipelineConfig(
  sources: ConfigurationSources,
  { entry, set, overrides, built }: PipelineRequest,
): Promise<Resolved<PipelineConfig>> {
  const { fs } = sources;
  return resolvePipelineConfig({
    ...readingOptions(sources),
    name: entry.name,
    allowUnset: true,
    set: [...(sources.settings ?? []), ...(set ?? [])],
    overrides,
    built,
    project: await readFirst(fs, sources.layout.projectFiles),
    pipeline: entry.configured ? await readPipelineText(fs, entry) : undefined,
    overlay: await readOverlay(sources),
  });
}

/** `${file:…}` reads files of the project, and no others whatever it allows. */
function readingOptions({ fs, environment, variablePlaces }: ConfigurationSources) {
  const readFile = (path: string) => fs.readText(path.replace(/^(?:\.\/+)+/, ''));
  return { env: environment, variablePlaces, readFile };
}

async function readOverlay({ fs, env, layout }: ConfigurationSources): Promise<ConfigText | undefined> {
  if (env === undefined) return undefined;
  const { overlayDir } = layout;
  // Only files of one folder are overlays, whatever may be read elsewhere.
  if (!environmentName.test(env)) throw badEnvironment(env, overlayDir);
  const files = [`${overlayDir}/${env}.yml`, `${overlayDir}/${env}.yaml`];
  const overlay = await readFirst(fs, files);
  if (overlay !== undefined) {
    if (overlay.file === files[0] && (await fs.exists(files[1]!))) throw ambiguousOverlay(env, files, fs);
    return overlay;
  }
  const known: string[] = [];
  for await (const { path } of fs.list(overlayDir)) {
    if (/\.ya?ml$/.test(path)) known.push(path.slice(overlayDir.length + 1).replace(/\.ya?ml$/, ''));
  }
  const code: ProjectErrorCode = 'FP_UNKNOWN_ENVIRONMENT';
  throw new FlowerPowerError({
    code,
    message: `There is no environment '${env}': looked for ${overlayDir}/${env}.yml.`,
    hint: didYouMean(env, known) ?? `Environments: ${boundedList(known) || 'none'}.`,
  });
}

function badEnvironment(env: string, overlayDir: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_ENVIRONMENT_NAME';
  const shown = JSON.stringify(shorten(env, 100));
  return new FlowerPowerError({
    code,
    message: `${shown} is not the name of an environment; it is given by env (--env) or the variable FP_ENV.`,
    hint: `A file of ${overlayDir} is named without its ending, for example --env prod: letters, digits, '_', '-' and dots inside.`,
  });
}

function ambiguousOverlay(env: string, files: readonly string[], fs: FileSystem): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_ENVIRONMENT_AMBIGUOUS';
  return new FlowerPowerError({
    code,
    message: `Two files stand for the environment '${env}': ${files.join(' and ')}.`,
    hint: 'Keep one of them.',
    places: files.map((file) => ({ file: fs.uri(file) })),
  });
}

async function readFirst(fs: FileSystem, paths: readonly string[]): Promise<ConfigText | undefined> {
  for (const path of paths) {
    const found = await readText(fs, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file that is named like the configuration of a pipeline is read, or the pipeline does not run. */
async function readPipelineText(fs: FileSystem, { name, file }: CatalogEntry): Promise<ConfigText> {
  try {
    return { file, text: await fs.readText(file) };
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    const code: ProjectErrorCode = 'FP_PIPELINE_UNREADABLE';
    throw new FlowerPowerError({
      code,
      message: `The configuration of the pipeline '${name}' cannot be read: ${messageOf(cause)}`,
      hint: `${file} must be a file of the project, or a link to one. Without it the pipeline has the defaults.`,
      places: [{ file: fs.uri(file) }],
      cause,
    });
  }
}

async function readText(fs: FileSystem, path: string): Promise<ConfigText | undefined> {
  return (await fs.exists(path)) ? { file: path, text: await fs.readText(path) } : undefined;
}
