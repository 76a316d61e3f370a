/** A configuration as it may be shown, with where each value comes from. Imports no module, and needs no variable. */
import type { Look, ShownValue } from '@flowerpower/config';
import {
  anyText,
  isRecord,
  type OptionRules,
  type Problem,
  requireArgument,
  requireOptions,
} from '@flowerpower/core';
import type { Registry } from '@flowerpower/plugin';
import { findPipeline, readCatalog } from '../catalog/read-catalog.js';
import { secretOptions, secretsInPipeline, secretsInProject } from '../secrets/secret-options.js';
import { assignments, type Assignments } from './assignments.js';
import { type ConfigurationSources, readPipelineConfig, readProjectConfig } from './read-configuration.js';

export interface ShowConfigurationOptions {
  /** Assignments as in `--set run.timeout=30`. Of a pipeline only. */
  readonly set?: Assignments | undefined;
}

export interface ShownConfiguration {
  /** Undefined for the configuration of the project. */
  readonly pipeline: string | undefined;
  /**
   * Every value, defaults included. What comes from the environment is shown as its reference, and other secrets, as what stands in
   * `storageOptions`, as `***`.
   */
  readonly values: readonly ShownValue[];
  /** Variables that are not set, which a run would need. */
  readonly unset: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const rules: OptionRules = { set: assignments };

export async function showConfiguration(
  sources: ConfigurationSources & { readonly registry: Registry },
  name: string | undefined,
  options: ShowConfigurationOptions,
): Promise<ShownConfiguration> {
  if (name !== undefined) requireArgument('The name of a pipeline', anyText, name);
  requireOptions(options, rules, 'showConfig');
  const { fs, registry } = sources;
  const catalog = await readCatalog(fs, sources);
  if (name === undefined) {
    const { value, warnings, unset, explainAll } = await readProjectConfig(sources, catalog);
    const hidden = secretsInProject(value, registry);
    return {
      pipeline: undefined,
      values: explainAll(lookFor(hidden, registry)),
      unset: unset.flatMap(({ problems }) => problems),
      warnings,
    };
  }
  const entry = findPipeline(catalog, name, fs);
  const { value, warnings, unset, explainAll } = await readPipelineConfig(sources, {
    entry,
    set: options.set,
  });
  const hidden = secretsInPipeline(value, registry);
  return {
    pipeline: value.name,
    values: explainAll(lookFor(hidden, registry)),
    unset: unset.flatMap(({ problems }) => problems),
    warnings,
  };
}

/** Options of a filesystem are shown where its plugin says which there are, and that they are no secrets. */
function lookFor(hidden: readonly { readonly path: readonly string[] }[], registry: Registry): Look {
  const hiddenPaths = new Set(hidden.map(({ path }) => path.join('\0')));
  return (path) => {
    if (hiddenPaths.has(path.join('\0'))) return 'hidden';
    const [first, scheme, option] = path;
    if (first !== 'storageOptions' || scheme === undefined || option === undefined) return undefined;
    if (path.length > 3 || !registry.schemes.includes(scheme)) return undefined;
    const schema = registry.fileSystem(scheme).options;
    if (schema === undefined || secretOptions(schema).includes(option)) return undefined;
    const entries = (schema as { readonly entries?: unknown }).entries;
    return isRecord(entries) && Object.hasOwn(entries, option) ? 'shown' : undefined;
  };
}
