import { type PipelineConfig, pipelineKey, type Resolved } from '@flowerpower/config';
import type { AroundImport } from '@flowerpower/modules';
import {
  aBoolean,
  aFunction,
  anyText,
  type OptionRules,
  requireArgument,
  requireOptions,
} from '@flowerpower/core';
import { importTimeoutError } from '@flowerpower/runtime';
import { findPipeline, readCatalog } from '../catalog/read-catalog.js';
import { type PipelineRequest, readPipelineConfig } from '../configuration/read-configuration.js';
import { withTypedInputs, withTypedParams } from '../configuration/typed-inputs.js';
import { requireGraphValues } from '../configuration/unset-values.js';
import { buildConfig } from '../hooks/build-config.js';
import { importHooks } from '../hooks/import-hooks.js';
import { namedCallbacks } from '../hooks/named-callbacks.js';
import { importModules } from '../modules/import-modules.js';
import { importSchemas, schemaFiles } from '../modules/import-schemas.js';
import { withinTimeout } from '../modules/within-timeout.js';
import { createMask } from '../secrets/mask.js';
import { secretsInPipeline } from '../secrets/secret-options.js';
import { visibleTexts } from '../secrets/visible-texts.js';
import { createFileTrace, type FileTrace } from './file-trace.js';
import { createKeptLoads, type Keeping } from './kept-loads.js';
import { type Chain, loadParts } from './load-parts.js';
import { definitionOf, type LoadedPipeline } from './loaded-pipeline.js';
import type { PipelineManagerParts } from './manager-parts.js';
import {
  checkPipelineOverrides,
  configOverrides,
  type PipelineOverrides,
  settingsOf,
} from './pipeline-overrides.js';

/** What a pipeline is loaded for. */
export interface LoadRequest {
  /** A run follows, whose timeout holds for the import of its modules as well: `FP_RUN_TIMEOUT`. Default false. */
  readonly forRun?: boolean | undefined;
  /** Told the limits of the run before the first module is evaluated. */
  readonly onLimits?: ((limits: RunLimits) => void) | undefined;
}

export interface RunLimits {
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
}

const requestRules: OptionRules = { forRun: aBoolean, onLimits: aFunction };

export interface PipelineLoader {
  /**
   * Reads the configuration, imports the modules and builds the graph; or gives what the call before gave, while the
   * settings are the same and no file or variable that it was made of has changed.
   */
  load(name: string, overrides?: PipelineOverrides, request?: LoadRequest): Promise<LoadedPipeline>;
  /** What was loaded last under a name. */
  lastLoaded(name: string): LoadedPipeline | undefined;
}

export function createPipelineLoader(parts: PipelineManagerParts): PipelineLoader {
  const loaded = new Map<string, LoadedPipeline>();
  const kept = createKeptLoads();
  const isLocal = parts.fs.scheme === 'file';
  return {
    lastLoaded: (name) => loaded.get(pipelineKey(name)),
    async load(name, overrides = {}, request = {}) {
      requireArgument('The name of a pipeline', anyText, name);
      checkPipelineOverrides(overrides, 'The settings of this call');
      requireOptions(request, requestRules, 'load');
      const key = pipelineKey(name);
      const question = { overrides, environment: parts.processEnvironment };
      const before = await kept.find(key, question, ({ configuration }) =>
        limited(parts.aroundImport, configuration.value, request),
      );
      if (before !== undefined) {
        parts.onMask?.(before.mask.text, before.mask.secrets);
        loaded.set(key, before.pipeline);
        return before.pipeline;
      }
      const trace = createFileTrace();
      const now = await loadNow(parts, { name, overrides, request, isFirst: !loaded.has(key) }, trace);
      loaded.set(key, now.pipeline);
      if (isLocal) kept.keep(key, question, { ...now, trace });
      return now.pipeline;
    },
  };
}

/** What came from the environment into the pipelines that are used is not shown either. */
function withPartValues(
  read: Resolved<PipelineConfig>,
  parts: LoadedPipeline['parts'],
): Resolved<PipelineConfig> {
  const ofParts = Object.values(parts).flatMap(({ pipeline }) => pipeline.configuration.environmentValues);
  return ofParts.length === 0
    ? read
    : { ...read, environmentValues: [...read.environmentValues, ...ofParts] };
}

interface LoadNow {
  readonly name: string;
  readonly overrides: PipelineOverrides;
  readonly request: LoadRequest;
  readonly isFirst: boolean;
  /** The pipelines that use it. Default none. */
  readonly chain?: Chain | undefined;
}

/** @param trace - notes what is read. */
async function loadNow(
  parts: PipelineManagerParts,
  { name, overrides, request, isFirst, chain = [] }: LoadNow,
  trace: FileTrace,
): Promise<Omit<Keeping, 'trace'>> {
  const { runner, root, hooksDir } = parts;
  const fs = trace.fileSystem(parts.fs);
  const sources = { ...parts, ...(await parts.readEnvironment(fs)), fs };
  const entry = findPipeline(await readCatalog(fs, sources), name, fs);
  const question = { entry, set: overrides.set, overrides: configOverrides(overrides) };
  const visible = [root, entry.file];
  const masked = async (request: PipelineRequest) => {
    const read = withSecrets(await readPipelineConfig(sources, request), parts);
    requireGraphValues(read);
    const mask = createMask(read.environmentValues, visible);
    parts.onMask?.(mask.text, mask.secrets);
    return { read, mask };
  };
  const before = await masked(question);
  const first = before.read;
  const around = limited(parts.aroundImport, first.value, request);
  const opened = await parts.code.open({
    refresh: first.value.run.reload || isFirst,
    named: [...schemaFiles(first.value.io.load), hooksDir],
  });
  const code = trace.code(opened);
  const hooks = await importHooks(code, {
    pipeline: first.value.name,
    hooksDir,
    reload: first.value.run.reload,
    around,
  });
  const built = request.forRun ? await buildConfig(hooks, first.value, sources.env) : [];
  const { read: written, mask } = built.length === 0 ? before : await masked({ ...question, built });
  const callbacks = namedCallbacks(written, hooks, hooksDir);
  const used = await loadParts(written, chain, async (use, here) => {
    const question = { name: use, overrides: {}, request: {}, isFirst, chain: here };
    return (await loadNow(parts, question, trace)).pipeline;
  });
  const { run, io } = written.value;
  const modules = await importModules(
    { fs, layout: parts.layout, ...code },
    {
      entry,
      additional: run.additionalModules,
      placeOf: (index) => written.placeOf(['run', 'additionalModules', String(index)]),
      giver: written.giverOf(['run', 'additionalModules']),
      reload: run.reload,
      around,
    },
  );
  const schemaModules = await importSchemas(code, {
    load: io.load,
    placeOf: (target) => written.placeOf(['io', 'load', target, 'schema']),
    reload: run.reload,
    around,
  });
  visible.push(...visibleTexts(root, written.value.name, io, modules));
  const by = { environment: sources.environment, set: overrides.set, mask: mask.text };
  const bound = withPartValues(withTypedParams(written, modules, by), used);
  const settings = settingsOf(overrides);
  const definition = definitionOf(
    { configuration: bound, modules, schemaModules, parts: used, hooks, callbacks, settings },
    root,
  );
  const { graph, outputs, loaders } = runner.build(definition);
  const configuration = withTypedInputs(bound, graph, by);
  const pipeline: LoadedPipeline = {
    name: configuration.value.name,
    configuration,
    modules,
    schemaModules,
    parts: used,
    hooks,
    callbacks,
    code: opened,
    loaders,
    graph: (Object.keys(used).length === 0 ? mask : createMask(bound.environmentValues, visible)).graph(
      graph,
    ),
    outputs,
    warnings: [...configuration.warnings, ...hooks.warnings],
    settings,
  };
  return { pipeline, mask };
}

/** With all that must not be shown: its own, and what its project holds. */
function withSecrets(read: Resolved<PipelineConfig>, parts: PipelineManagerParts): Resolved<PipelineConfig> {
  const environmentValues = [
    ...read.environmentValues,
    ...secretsInPipeline(read.value, parts.registry),
    ...parts.environmentValues,
  ];
  return { ...read, environmentValues };
}

/** The time counts from the first module that is evaluated: finding and transforming modules is not theirs. */
function limited(
  host: AroundImport = (_file, load) => load(),
  { name, run }: PipelineConfig,
  { forRun, onLimits }: LoadRequest,
): AroundImport {
  const timeoutMs = run.timeout === undefined ? undefined : run.timeout * 1000;
  let startedMs: number | undefined;
  return (file, load) => {
    if (startedMs === undefined) onLimits?.({ timeoutMs, graceMs: run.grace * 1000 });
    startedMs ??= performance.now();
    const leftMs =
      forRun && timeoutMs !== undefined ? timeoutMs - (performance.now() - startedMs) : undefined;
    return withinTimeout(host(file, load), leftMs, () => importTimeoutError(name, timeoutMs!));
  };
}
