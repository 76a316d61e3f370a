/** One format and the filesystems it works on, as a maker of loaders or savers for a graph. */
import {
  aFunction,
  aRecord,
  isFlowerPowerError,
  requireArgument,
  requireOptions,
  type LoadedData,
  type NodeContext,
  type Problem,
} from '@flowerpower/core';
import type { IoContext, Loaded, Loader, Saver } from '../contract/io.js';
import { aLoader, aSaver } from '../contract/io-rules.js';
import type { OptionsSchema } from '../contract/options-schema.js';
import { parseOptions } from '../contract/parse-options.js';
import { type Resolve, resolveIn } from './file-resources.js';
import type { LoaderMaker, SaverMaker } from './given-options.js';
import { storageProblems, takeStorage, withHiddenStorage } from './storage-options.js';
import { locationOf } from './with-location.js';

type LoadMetadata = Loaded<unknown>['metadata'];
type RawOptions = Readonly<Record<string, unknown>>;

/**
 * Makes `from.x` of any loader, such as one of your own.
 *
 * Options may be `source('node')`. What is wrong with those that are plain is reported when the graph is built
 * (`FP_IO_OPTIONS`), what is wrong with the others when the node runs.
 *
 * @param resolve - finds the filesystem of a path. Default: what the driver was given, see `fileResources`.
 *
 * @example
 * ```ts
 * import { createDriver, loadNode } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { bindLoader, builtinLoaders } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * await fs.write('motd.txt', 'Hello');
 * const fromText = bindLoader(builtinLoaders.text, (path) => ({ fs, path }));
 * const driver = createDriver({ modules: [{ motd: loadNode(fromText({ path: 'motd.txt' })) }] });
 * await driver.execute(['motd']); // { motd: 'Hello' }
 * ```
 */
export function bindLoader<Options, Value>(
  loader: Loader<Options, Value>,
  resolve?: Resolve,
): LoaderMaker<Partial<Options>, Value, LoadMetadata> {
  requireArgument('The loader', aLoader, loader, 'bindLoader');
  requireOptions({ resolve }, { resolve: aFunction }, 'bindLoader');
  return (options) => ({
    ...describeFormat('Loads', loader, options),
    ...pathOptionOf(resolve),
    ...(resolve !== undefined && { dependsOn: { files: locationOf(resolve) } }),
    async load(given: RawOptions, context: NodeContext): Promise<LoadedData<Value, LoadMetadata>> {
      const { value, metadata } = await loader.load(
        parseOptions(loader, takeStorage(given).options),
        ioContext(context, { given, resolve, use: 'read' }),
      );
      return [value, metadata];
    },
  });
}

/**
 * Makes `to.x` of any saver, such as one of your own. Otherwise as {@link bindLoader}.
 *
 * @typeParam Taken - what it takes, where that should be narrower than `unknown`.
 *
 * @example
 * ```ts
 * import { createDriver, saveNode } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { bindSaver, builtinSavers } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * const toText = bindSaver(builtinSavers.text, (path) => ({ fs, path }));
 * const m = { motd: () => 'Hello', file: saveNode('motd', toText({ path: 'motd.txt' })) };
 * const { file } = await createDriver({ modules: [m] }).execute(['file']);
 * file.bytes; // 5
 * ```
 */
export function bindSaver<Options, Taken = unknown>(
  saver: Saver<Options>,
  resolve?: Resolve,
): SaverMaker<Partial<Options>, Taken> {
  requireArgument('The saver', aSaver, saver, 'bindSaver');
  requireOptions({ resolve }, { resolve: aFunction }, 'bindSaver');
  return (options) => ({
    ...describeFormat('Saves', saver, options),
    ...pathOptionOf(resolve),
    save: async (value: Taken, given: RawOptions, context: NodeContext) =>
      saver.save(
        value,
        parseOptions(saver, takeStorage(given).options),
        ioContext(context, { given, resolve, use: 'write' }),
      ),
  });
}

interface FileUse {
  /** The options, those of the filesystem among them. */
  readonly given: RawOptions;
  readonly resolve: Resolve | undefined;
  readonly use: 'read' | 'write';
}

function ioContext(context: NodeContext, { given, resolve = resolveIn(context), use }: FileUse): IoContext {
  const { storage } = takeStorage(given);
  const scheme = schemeOf(given['path']);
  return {
    // A format may open other files too; the options are those of the path beside them.
    resolve: (path) =>
      storage === undefined || (scheme !== undefined && schemeOf(path) !== scheme)
        ? resolve(path, use)
        : resolve(path, use, storage),
    signal: context.signal,
  };
}

function schemeOf(path: unknown): string | undefined {
  return typeof path === 'string' ? /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1]?.toLowerCase() : undefined;
}

/** Files that are found by the maker's own rule are not for the driver to judge. */
function pathOptionOf(resolve: Resolve | undefined) {
  return resolve === undefined ? { pathOption: 'path' } : {};
}

interface Format {
  readonly type: string;
  readonly options: OptionsSchema<unknown>;
}

function describeFormat(verb: string, format: Format, given: RawOptions) {
  const { type } = format;
  requireArgument('The options', aRecord, given, type);
  // A key whose value is undefined counts as not given, as optional properties read.
  const options = withHiddenStorage(
    Object.fromEntries(Object.entries(given).filter(([, option]) => option !== undefined)),
  );
  const { path } = options;
  return {
    type,
    options,
    doc: typeof path === 'string' ? `${verb} ${path} (${type}).` : `${verb} ${type}.`,
    check: (known: RawOptions, later: readonly string[]) => optionProblems(format, known, later),
  };
}

function optionProblems(format: Format, known: RawOptions, later: readonly string[]): readonly Problem[] {
  const { options, storage } = takeStorage(known);
  const ofStorage = storageProblems(format.type, storage);
  try {
    parseOptions({ type: format.type, options: exceptFor(later, format.options) }, options);
    return ofStorage;
  } catch (error) {
    if (isFlowerPowerError(error)) return [...error.problems, ...ofStorage];
    throw error;
  }
}

/** The schema, silent about options that are not there yet. */
function exceptFor(later: readonly string[], schema: OptionsSchema<unknown>): OptionsSchema<unknown> {
  const standard = schema['~standard'];
  const validate: typeof standard.validate = (value) => {
    const result = standard.validate(value);
    if (result instanceof Promise || result.issues === undefined) return result;
    const issues = result.issues.filter(({ path: [first] = [] }) => {
      const key = typeof first === 'object' ? first.key : first;
      return !later.includes(String(key));
    });
    return issues.length === 0 ? { value } : { issues };
  };
  // Inherits what the schema tells of its keys.
  return Object.create(schema, {
    '~standard': { value: { ...standard, validate } },
  }) as OptionsSchema<unknown>;
}
