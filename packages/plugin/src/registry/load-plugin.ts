import {
  aFunction,
  aText,
  errorFromProblems,
  FlowerPowerError,
  messageOf,
  requireArgument,
} from '@flowerpower/core';
import type { Plugin } from '../contract/plugin.js';
import type { PluginProblem } from '../errors/catalogue.js';
import { checkPlugin } from './check-plugin.js';

/**
 * Imports the package or file of a plugin and gives its default export.
 *
 * @param specifier - as written under `plugins:` in project.yml.
 * @param importModule - imports it and gives the module namespace. Passed in, because only the caller knows from
 *   where a specifier resolves.
 * @throws (rejects) FlowerPowerError `FP_PLUGIN_NOT_LOADED` with the original error as cause; `FP_PLUGIN_INVALID`
 *   or `FP_PLUGIN_API_VERSION`, or `FP_REGISTRY_INVALID` for several problems.
 *
 * @example
 * ```ts
 * import { createRegistry, loadPlugin } from '@flowerpower/plugin';
 *
 * export async function registryOf(specifiers: readonly string[]) {
 *   return createRegistry(await Promise.all(specifiers.map((name) => loadPlugin(name, (found) => import(found)))));
 * }
 * ```
 */
export async function loadPlugin(
  specifier: string,
  importModule: (specifier: string) => Promise<unknown>,
): Promise<Plugin> {
  requireArgument('The specifier', aText, specifier, 'loadPlugin');
  requireArgument('importModule', aFunction, importModule, 'loadPlugin');
  let namespace: unknown;
  try {
    namespace = await importModule(specifier);
  } catch (cause) {
    throw notLoaded(specifier, cause);
  }
  const exported = (namespace as { default?: unknown } | null | undefined)?.default;
  const { plugin, problems } = checkPlugin(exported, `the default export of '${specifier}'`);
  if (plugin !== undefined) return plugin;
  throw errorFromProblems(problems, {
    code: 'FP_REGISTRY_INVALID',
    title: `'${specifier}' is not a plugin`,
  });
}

function notLoaded(specifier: string, cause: unknown): FlowerPowerError {
  const problem: PluginProblem = {
    code: 'FP_PLUGIN_NOT_LOADED',
    message: `The plugin '${specifier}' could not be imported: ${messageOf(cause)}`,
    hint: `Install it, or remove it from plugins in project.yml.`,
  };
  return new FlowerPowerError({ ...problem, cause });
}
