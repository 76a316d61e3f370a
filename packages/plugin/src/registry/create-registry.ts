import {
  anyText,
  boundedList,
  didYouMean,
  errorFromProblems,
  FlowerPowerError,
  type OptionRule,
  requireArgument,
} from '@flowerpower/core';
import type { Loader, Saver } from '@flowerpower/io';
import type { AdapterFactory } from '../contract/adapter.js';
import type { ResultBuilder } from '../contract/result-builder.js';
import type { FileSystemFactory, Plugin } from '../contract/plugin.js';
import type { AdapterName, FileSystemScheme, LoaderType, SaverType } from '../contract/register.js';
import type { PluginErrorCode, PluginProblem } from '../errors/catalogue.js';
import { builtinPlugin } from './builtin-plugin.js';
import { checkPlugin } from './check-plugin.js';
import { adviceFor } from './own-packages.js';

/** Everything the plugins of one project contribute, by name. Immutable. */
export interface Registry {
  /** Names of the plugins, the built-in one first. */
  readonly plugins: readonly string[];
  /** Known names, in the order of the plugins. */
  readonly loaders: readonly string[];
  readonly savers: readonly string[];
  readonly schemes: readonly string[];
  readonly adapters: readonly string[];
  readonly resultBuilders: readonly string[];
  /** The codes of the plugins' own errors. */
  readonly errorCodes: readonly string[];
  /** @throws FlowerPowerError `FP_UNKNOWN_LOADER` */
  loader(type: LoaderType): Loader<unknown, unknown>;
  /** @throws FlowerPowerError `FP_UNKNOWN_SAVER` */
  saver(type: SaverType): Saver<unknown>;
  /** @throws FlowerPowerError `FP_UNKNOWN_SCHEME` */
  fileSystem(scheme: FileSystemScheme): FileSystemFactory;
  /** @throws FlowerPowerError `FP_UNKNOWN_ADAPTER` */
  adapter(name: AdapterName): AdapterFactory;
  /** @throws FlowerPowerError `FP_UNKNOWN_RESULT_BUILDER` */
  resultBuilder(name: string): ResultBuilder;
}

const aList: OptionRule = {
  fits: Array.isArray,
  expected: 'a list of plugins',
  hint: 'Write createRegistry([plugin]).',
};

/**
 * Collects what is built in (the formats of `@flowerpower/io`; `file` and `memory`) and what the plugins add.
 * A registry belongs to whoever made it; nothing is global.
 *
 * @throws FlowerPowerError `FP_REGISTRY_INVALID` with every problem found, or the code of the only one:
 *   `FP_PLUGIN_INVALID`, `FP_PLUGIN_API_VERSION`, `FP_PLUGIN_CONFLICT`; `FP_BAD_OPTION` for what is not a list.
 *
 * @example
 * ```ts
 * import { createRegistry } from '@flowerpower/plugin';
 *
 * const registry = createRegistry([]);
 * registry.loader('csv').type; // 'csv'
 * registry.schemes; // ['file', 'memory']
 * ```
 */
export function createRegistry(plugins: readonly Plugin[] = []): Registry {
  requireArgument('plugins', aList, plugins, 'createRegistry');
  const problems: PluginProblem[] = [];
  const checked: Plugin[] = [];
  for (const [index, value] of [builtinPlugin, ...plugins].entries()) {
    const { plugin, problems: found } = checkPlugin(value, `plugin ${index}`);
    problems.push(...found);
    if (plugin !== undefined) checked.push(plugin);
  }

  const fileSystems = createShelf<FileSystemFactory>('scheme', problems);
  const loaders = createShelf<Loader<unknown, unknown>>('loader', problems);
  const savers = createShelf<Saver<unknown>>('saver', problems);
  const adapters = createShelf<AdapterFactory>('adapter', problems);
  const resultBuilders = createShelf<ResultBuilder>('result builder', problems);
  const errors = createShelf<string>('error', problems);
  for (const plugin of checked) {
    for (const [scheme, factory] of Object.entries(plugin.fileSystems ?? {})) {
      fileSystems.add(scheme, factory, plugin.name);
    }
    for (const [type, loader] of Object.entries(plugin.loaders ?? {})) loaders.add(type, loader, plugin.name);
    for (const [type, saver] of Object.entries(plugin.savers ?? {})) savers.add(type, saver, plugin.name);
    for (const [name, factory] of Object.entries(plugin.adapters ?? {}))
      adapters.add(name, factory, plugin.name);
    for (const [name, builder] of Object.entries(plugin.resultBuilders ?? {}))
      resultBuilders.add(name, builder, plugin.name);
    for (const [code, sentence] of Object.entries(plugin.errors ?? {}))
      errors.add(code, sentence, plugin.name);
  }
  if (problems.length > 0) {
    throw errorFromProblems(problems, {
      code: 'FP_REGISTRY_INVALID',
      title: 'The plugins cannot be used together',
    });
  }
  return {
    plugins: checked.map(({ name }) => name),
    loaders: loaders.names(),
    savers: savers.names(),
    schemes: fileSystems.names(),
    adapters: adapters.names(),
    resultBuilders: resultBuilders.names(),
    errorCodes: errors.names(),
    loader: (type) =>
      loaders.get(type, 'FP_UNKNOWN_LOADER', (name) => `There is no loader of type '${name}'.`, 'format'),
    saver: (type) =>
      savers.get(type, 'FP_UNKNOWN_SAVER', (name) => `There is no saver of type '${name}'.`, 'format'),
    fileSystem: (scheme) =>
      fileSystems.get(
        scheme,
        'FP_UNKNOWN_SCHEME',
        (name) => `There is no filesystem for ${name}:// URIs.`,
        'scheme',
      ),
    adapter: (name) =>
      adapters.get(name, 'FP_UNKNOWN_ADAPTER', (wanted) => `There is no adapter '${wanted}'.`, 'adapter'),
    resultBuilder: (name) =>
      resultBuilders.get(
        name,
        'FP_UNKNOWN_RESULT_BUILDER',
        (wanted) => `There is no result builder '${wanted}'.`,
      ),
  };
}

interface Shelf<T> {
  /** Reports a name that is taken and keeps the first. */
  add(name: string, item: T, plugin: string): void;
  /** @param brought - what packages of FlowerPower bring by such names. */
  get(
    name: string,
    code: PluginErrorCode,
    message: (name: string) => string,
    brought?: 'scheme' | 'format' | 'adapter',
  ): T;
  names(): string[];
}

function createShelf<T>(kind: string, problems: PluginProblem[]): Shelf<T> {
  const items = new Map<string, { readonly item: T; readonly plugin: string }>();
  return {
    add(name, item, plugin) {
      const taken = items.get(name);
      if (taken === undefined) items.set(name, { item, plugin });
      else problems.push(conflict(kind, name, taken.plugin, plugin));
    },
    get(name, code, message, brought) {
      requireArgument(`The name of the ${kind}`, anyText, name);
      const found = items.get(name);
      if (found !== undefined) return found.item;
      const near = didYouMean(name, items.keys());
      const available = `Available: ${boundedList(items.keys())}.`;
      throw new FlowerPowerError({
        code,
        message: message(name),
        hint: [near ?? (brought && adviceFor(brought, name)), available].filter(Boolean).join(' '),
      });
    },
    names: () => [...items.keys()],
  };
}

function conflict(kind: string, name: string, first: string, second: string): PluginProblem {
  const by =
    first === second ? `twice by the plugin '${first}'` : `by the plugins '${first}' and '${second}'`;
  return {
    code: 'FP_PLUGIN_CONFLICT',
    message: `The ${kind} '${name}' is contributed ${by}.`,
    hint: first === second ? 'Contribute it once.' : 'Remove one of the two plugins from the project.',
  };
}
