/** One format and the filesystems it works on, as a maker of loaders or savers for a graph. */
import {
  aFunction,
  aRecord,
  isFlowerPowerError,
  requireArgument,
  requireOptions,
  type DataLoader,
  type DataSaver,
  type NodeContext,
  type Problem,
} from '@flowerpower/core';
import type { IoContext, IoMetadata, Loaded, Loader, Saver } from '../contract/io.js';
import { aLoader, aSaver } from '../contract/io-rules.js';
import type { OptionsSchema } from '../contract/options-schema.js';
import { parseOptions } from '../contract/parse-options.js';
import { type Resolve, resolveIn } from './file-resources.js';
import type { LoaderMakerOf, SaverMakerOf } from './given-options.js';
import { storageProblems, takeStorage, withHiddenStorage } from './storage-options.js';
import { locationOf } from './with-location.js';

type RawOptions = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, unknown>> | undefined;

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
export function bindLoader<Options, Value, Input>(
  loader: Loader<Options, Value, Input>,
  resolve?: Resolve,
): LoaderMakerOf<Loader<Options, Value, Input>> {
  requireArgument('The loader', aLoader, loader, 'bindLoader');
  requireOptions({ resolve }, { resolve: aFunction }, 'bindLoader');
  return loaderMaker(loader.type, () => loader, resolve) as LoaderMakerOf<Loader<Options, Value, Input>>;
}

/**
 * Makes `to.x` of any saver, such as one of your own. Otherwise as {@link bindLoader}.
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
export function bindSaver<Options, Taken, Input>(
  saver: Saver<Options, Taken, Input>,
  resolve?: Resolve,
): SaverMakerOf<Saver<Options, Taken, Input>> {
  requireArgument('The saver', aSaver, saver, 'bindSaver');
  requireOptions({ resolve }, { resolve: aFunction }, 'bindSaver');
  return saverMaker(saver.type, () => saver, resolve) as SaverMakerOf<Saver<Options, Taken, Input>>;
}

/**
 * As {@link bindLoader}, of a loader that is found by its name once a graph is built.
 *
 * @param find - finds it in the `resources` of the driver, and throws a FlowerPowerError where it is not.
 */
export function loaderMaker(
  type: string,
  find: (resources: Resources) => Loader<unknown, unknown>,
  resolve?: Resolve,
): (options: RawOptions) => DataLoader {
  return (options) => ({
    ...describeFormat('Loads', type, find, options),
    ...pathOptionOf(resolve),
    ...(resolve !== undefined && { dependsOn: { files: locationOf(resolve) } }),
    async load(given, context) {
      const loader = find(context.resources);
      const { value, metadata }: Loaded<unknown> = await loader.load(
        parseOptions(loader, takeStorage(given).options),
        ioContext(context, { given, resolve, use: 'read' }),
      );
      return [value, metadata];
    },
  });
}

/** As {@link loaderMaker}, of a saver. */
export function saverMaker(
  type: string,
  find: (resources: Resources) => Saver<unknown>,
  resolve?: Resolve,
): (options: RawOptions) => DataSaver<unknown, IoMetadata> {
  return (options) => ({
    ...describeFormat('Saves', type, find, options),
    ...pathOptionOf(resolve),
    async save(value, given, context) {
      const saver = find(context.resources);
      return saver.save(
        value,
        parseOptions(saver, takeStorage(given).options),
        ioContext(context, { given, resolve, use: 'write' }),
      );
    },
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

function describeFormat(
  verb: string,
  type: string,
  find: (resources: Resources) => Format,
  given: RawOptions,
) {
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
    check(known: RawOptions, later: readonly string[], resources?: Resources): readonly Problem[] {
      const { options: ofFormat, storage } = takeStorage(known);
      const problems = optionProblems(() => find(resources), ofFormat, later);
      return [...problems, ...storageProblems(type, storage)];
    },
  };
}

function optionProblems(find: () => Format, known: RawOptions, later: readonly string[]): readonly Problem[] {
  try {
    const format = find();
    parseOptions({ type: format.type, options: exceptFor(later, format.options) }, known);
    return [];
  } catch (error) {
    if (isFlowerPowerError(error)) return error.problems.length > 0 ? error.problems : [error];
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
