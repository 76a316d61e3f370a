/**
 * What the engine knows of loading and saving: objects that read or write a value. Formats and filesystems are
 * theirs; `createMaterializers` of `@flowerpower/io` makes them for files.
 */
import type { Problem } from '../errors/flowerpower-error.js';
import type { NodeContext } from '../model/functions.js';

declare const needsKey: unique symbol;

/** What a loader gives: the value, and the facts about where it comes from. */
export type LoadedData<Value, Metadata = unknown> = readonly [value: Value, metadata: Metadata];

/** Options by name. Each is a plain value, or a `source`, `value` or `group`, as `inject` takes them. */
type MaterializerOptions = Readonly<Record<string, unknown>>;

interface Materializer<Needs> {
  /** The format, for example `csv`. Its options are parameters of the node, named `csv.path`. */
  readonly type: string;
  readonly options: MaterializerOptions;
  /** The option that names a file which is found through the `resources` of the driver, so that it can be judged before. */
  readonly pathOption?: string | undefined;
  /**
   * Of a loader: what the value depends on besides the options, such as where a path leads. The cache compares it by its
   * content; where it cannot be compared, what is loaded is not cached.
   */
  readonly dependsOn?: unknown;
  /** Describes the node, for example `Loads sales.csv (csv).` */
  readonly doc?: string | undefined;
  /**
   * What is wrong with the options, as far as the graph that is being built can tell: those named in `later` come
   * from other nodes when it runs.
   *
   * @param resources - what the driver was given, and the node will find in its context.
   */
  check?(
    options: MaterializerOptions,
    later: readonly string[],
    resources?: Readonly<Record<string, unknown>>,
  ): readonly Problem[];
  /** Exists in types only: the nodes that options come from, with the types of their values. */
  readonly [needsKey]?: Needs | undefined;
}

/**
 * Reads a value from outside the graph. Used by `loadFrom` and `loadNode`.
 *
 * @typeParam Value - what it gives; an {@link OpenRecord} where its keys are known only once it is read.
 * @typeParam Needs - the nodes that its options come from, and their types.
 */
export interface DataLoader<Value = unknown, Metadata = unknown, Needs = unknown>
  extends Materializer<Needs> {
  /** @param options - every option, with the values that come from other nodes. */
  load(
    options: MaterializerOptions,
    context: NodeContext,
  ): LoadedData<Value, Metadata> | PromiseLike<LoadedData<Value, Metadata>>;
}

/**
 * Writes a value to somewhere outside the graph. Used by `saveTo` and `saveNode`.
 *
 * @typeParam Value - what it takes.
 * @typeParam Needs - the nodes that its options come from, and their types.
 */
export interface DataSaver<in Value = never, out Metadata = unknown, out Needs = unknown>
  extends Materializer<Needs> {
  /** Gives the facts about what was written. */
  save(value: Value, options: MaterializerOptions, context: NodeContext): Metadata | PromiseLike<Metadata>;
}

/** The nodes that the options of a loader or saver come from. */
export type NeedsOf<M> = M extends { readonly [needsKey]?: infer Needs | undefined }
  ? unknown extends Needs
    ? Record<never, never>
    : Needs
  : Record<never, never>;

/** What a saver takes. */
export type TakenBy<S extends DataSaver> = S extends {
  save(value: infer Value, ...rest: never[]): unknown;
}
  ? Value
  : never;

export function isDataLoader(candidate: unknown): candidate is DataLoader {
  return isMaterializer(candidate) && 'load' in candidate && typeof candidate.load === 'function';
}

export function isDataSaver(candidate: unknown): candidate is DataSaver {
  return isMaterializer(candidate) && 'save' in candidate && typeof candidate.save === 'function';
}

function isMaterializer(candidate: unknown): candidate is Materializer<unknown> {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { type, options } = candidate as Partial<Materializer<unknown>>;
  return typeof type === 'string' && typeof options === 'object' && options !== null;
}

/** What of a loader, a saver or a function that gives one decides what its nodes do, as part of their version. */
export function versionOfMaterializer(candidate: unknown): unknown {
  if (isDataLoader(candidate)) return [candidate.type, candidate.options, String(candidate.load)];
  if (isDataSaver(candidate)) return [candidate.type, candidate.options, String(candidate.save)];
  return typeof candidate === 'function' ? String(candidate) : undefined;
}
