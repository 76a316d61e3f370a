/** The questions of a manager that copy pipelines from or to another project, and that delete them. */
import {
  aBoolean,
  aListOf,
  aNameList,
  anyText,
  aRecord,
  aSignal,
  aText,
  errorFromProblems,
  type OptionRules,
  requireArgument,
  requireOptions,
  withMethods,
} from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { UnsetStorage } from '@flowerpower/runtime';
import type { ConfigurationSources } from '../configuration/read-configuration.js';
import type { PipelineManagerParts } from '../pipelines/manager-parts.js';
import type { RemoteRequest } from '../remote/open-remote.js';
import type { DeletedPipeline, DeletePipelineOptions } from './delete-pipeline.js';
import type { TransferredPipelines } from './transfer-pipelines.js';

/**
 * The other project, where it is not a folder of this machine, is opened with the plugins and `storageOptions` of this one, and with
 * those that are given here in place of them: options by scheme, plugins besides.
 */
export interface TransferOptions extends Pick<RemoteRequest, 'plugins' | 'storageOptions' | 'fs'> {
  /** Replace the files of pipelines of the same name. Default false: they are refused, and nothing is changed. */
  readonly overwrite?: boolean | undefined;
  /** Ends the call between two files, or in one: what was written before is taken back (`FP_FS_ABORTED`). */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Each copies the configuration and the module of pipelines, all of them or none, between any two filesystems. The other project is
 * named by its folder, relative to the working folder, or by its URI. What modules import, and `conf/project.yml`, is not
 * copied.
 *
 * @throws (rejects) FlowerPowerError `FP_PIPELINE_EXISTS`, `FP_UNKNOWN_PIPELINE`, `FP_CONFIG_NAME`, `FP_FILES_LEFT`; `FP_SAME_PROJECT` for
 *   the project itself, and `FP_FS_PROTECTED` for an export to a folder such as its `conf`; the codes of a location that cannot
 *   be opened.
 */
export interface MovesPipelines {
  importPipeline(name: string, from: string, options?: TransferOptions): Promise<TransferredPipelines>;
  importMany(
    names: readonly string[],
    from: string,
    options?: TransferOptions,
  ): Promise<TransferredPipelines>;
  importAll(from: string, options?: TransferOptions): Promise<TransferredPipelines>;
  exportPipeline(name: string, to: string, options?: TransferOptions): Promise<TransferredPipelines>;
  exportMany(names: readonly string[], to: string, options?: TransferOptions): Promise<TransferredPipelines>;
  exportAll(to: string, options?: TransferOptions): Promise<TransferredPipelines>;
  /** Deletes the configuration of a pipeline, and its module where that is asked for; `FP_MODULE_IN_USE` where others use it. */
  delete(name: string, options?: DeletePipelineOptions): Promise<DeletedPipeline>;
}

/** What the scheme of the other project lacks would lead to another place. */
function refuseUnset(
  other: string,
  unset: readonly UnsetStorage[],
  given: TransferOptions['storageOptions'] = {},
): void {
  const problems = unset
    .filter(({ scheme }) => other.toLowerCase().startsWith(`${scheme}://`) && given[scheme] === undefined)
    .flatMap((each) => each.problems);
  if (problems.length === 0) return;
  throw errorFromProblems(problems, {
    code: 'FP_STORAGE_OPTIONS',
    title: 'The storage options cannot be used',
  });
}

const rules: OptionRules = {
  overwrite: aBoolean,
  signal: aSignal,
  plugins: aListOf('plugins', 'Write plugins: [plugin].'),
  storageOptions: aRecord,
  fs: withMethods('a filesystem', 'read', 'write', 'list'),
};

export function movesPipelines(
  parts: ConfigurationSources & Pick<PipelineManagerParts, 'boundary' | 'opening'>,
): MovesPipelines {
  const { fs, environment, layout, boundary, opening } = parts;
  const transfer = async (
    names: readonly string[] | undefined,
    other: string,
    options: TransferOptions,
    direction: 'import' | 'export',
  ) => {
    if (names !== undefined) requireArgument('The names', aNameList, names);
    requireArgument('The folder of the other project', aText, other);
    requireOptions(options, rules, direction);
    const { overwrite = false, plugins = [], storageOptions, fs: given, signal } = options;
    const [{ openFolder }, { requireOtherProject }, { transferPipelines }] = await Promise.all([
      import('./open-folder.js'),
      import('./require-other-project.js'),
      import('./transfer-pipelines.js'),
    ]);
    const own = opening.plugins ?? [];
    requireOtherProject(other, { boundary, direction, opening, request: { storageOptions, fs: given } });
    refuseUnset(other, opening.unsetStorage, storageOptions);
    const folder = await openFolder(other, {
      plugins: [...own, ...plugins.filter((plugin) => !own.includes(plugin))],
      storageOptions: { ...opening.storageOptions, ...storageOptions },
      fs: given,
    });
    try {
      const ends = (from: FileSystem, to: FileSystem) => ({
        from,
        to,
        names,
        overwrite,
        environment,
        layout,
        signal,
      });
      return await transferPipelines(direction === 'import' ? ends(folder.fs, fs) : ends(fs, folder.fs));
    } finally {
      await folder.close();
    }
  };
  const one = (name: string) => {
    requireArgument('The name of a pipeline', anyText, name);
    return [name];
  };
  return {
    importPipeline: async (name, from, options = {}) => transfer(one(name), from, options, 'import'),
    importMany: async (names, from, options = {}) => transfer(names, from, options, 'import'),
    importAll: async (from, options = {}) => transfer(undefined, from, options, 'import'),
    exportPipeline: async (name, to, options = {}) => transfer(one(name), to, options, 'export'),
    exportMany: async (names, to, options = {}) => transfer(names, to, options, 'export'),
    exportAll: async (to, options = {}) => transfer(undefined, to, options, 'export'),
    async delete(name, options = {}) {
      requireArgument('The name of a pipeline', anyText, name);
      requireOptions(options, { module: aBoolean, signal: aSignal }, 'delete');
      const { deletePipeline } = await import('./delete-pipeline.js');
      return deletePipeline(parts, name, options);
    },
  };
}
