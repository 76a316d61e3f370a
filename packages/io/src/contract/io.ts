/** The contract between FlowerPower and everything that loads or saves: built-in formats and plugins alike. */
import { requireArgument } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { aLoader, aSaver } from './io-rules.js';
import type { OptionsSchema } from './options-schema.js';

/** One record of a table: column name to value. */
export type Row = Record<string, unknown>;

/** What a loader or saver is given besides its options. */
export interface IoContext {
  /** Finds the filesystem of a path or URI as written in the options, and the path inside of it. */
  resolve(path: string): { readonly fs: FileSystem; readonly path: string };
  /** Aborting it stops the load or save; a save then leaves the old file as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** Facts about a stored file, kept for lineage. */
export interface IoMetadata {
  /** Free of credentials. */
  readonly uri: string;
  /** The `type` of the loader or saver. */
  readonly format: string;
  /** Size as stored: compressed if the file is. */
  readonly bytes: number;
  /** Lower-case hexadecimal digest of the bytes as stored. Absent where only parts of the file were read. */
  readonly sha256?: string;
  /** For tables. */
  readonly rows?: number;
  /** Of a folder or a pattern: how many files. `bytes` and `rows` are sums then, and `sha256` is of the digests. */
  readonly files?: number;
  /** For tables whose columns are known, in their order in the file. */
  readonly columns?: readonly IoColumn[];
}

export interface IoColumn {
  readonly name: string;
  /** `string`, `number`, `integer`, `bigint`, `boolean` or `date`; other formats may have more. */
  readonly type: string;
}

/**
 * Facts about a file that is read as its value is consumed. Where it lies is known before the first item, `state` and
 * `rows` at every moment, size, digest and columns once the last item has been delivered.
 */
export interface StreamMetadata {
  /** Free of credentials. */
  readonly uri: string;
  /** The `type` of the loader. */
  readonly format: string;
  /** `waiting` for its reader, or how far the reading has come; `stopped` when the reader left early. */
  readonly state: 'waiting' | 'reading' | 'complete' | 'stopped' | 'failed';
  /** Delivered until now. */
  readonly rows: number;
  /** The facts about the whole file; undefined unless the state is `complete`. */
  readonly complete: IoMetadata | undefined;
  /** Resolves as soon as nothing more will be read, with `complete`. Never rejects. */
  readonly ended: Promise<IoMetadata | undefined>;
}

/** What of {@link StreamMetadata} is known at a moment. */
export type StreamFacts = Pick<StreamMetadata, 'uri' | 'format' | 'state' | 'rows'>;

export interface Loaded<Value> {
  readonly value: Value;
  /** {@link IoMetadata} when everything has been read, and for a value that is read as it is consumed a stream's. */
  readonly metadata: IoMetadata | StreamMetadata;
}

/**
 * Reads one format. Made with {@link defineLoader}.
 *
 * @typeParam Options - what the schema makes of the options.
 * @typeParam Value - what it gives. Where the option `as` is `batches`, those members that are an AsyncIterable.
 * @typeParam Input - the options as a user writes them.
 */
export interface Loader<Options, Value, Input = unknown> {
  /** The name in configuration, for example `csv`. */
  readonly type: string;
  readonly options: OptionsSchema<Options, Input>;
  /** `options` are the output of the schema; see `parseOptions`. */
  load(options: Options, context: IoContext): Promise<Loaded<Value>>;
  /**
   * The TypeScript type of what it gives for these options, on one line, so that `flowerpower check` can judge what it
   * goes to. What TypeScript has globally may be used, `import('a-package').Type`, and `OpenRecord<Known, Other>` of
   * `@flowerpower/core` for records whose keys are known only once they are read (`never` for `Other`: there are no
   * others). Without it, and where only the data tells, the type is `unknown`, and the check says so.
   */
  valueType?(options: Options): string;
  /**
   * What a look at the beginning of the data tells beyond `valueType`, for `flowerpower check`; undefined where it tells
   * nothing. It is asked only of files of this machine that are there. Rejects where the options can never fit them.
   */
  look?(options: Options, context: IoContext): Promise<Look | undefined>;
}

/** What a loader knows of its data before it is loaded. */
export interface Look {
  /** As {@link Loader.valueType} says it. */
  readonly valueType: string;
  /** Of tables: the columns that are loaded, in their order. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Writes one format. Made with {@link defineSaver}.
 *
 * @typeParam Options - what the schema makes of the options.
 * @typeParam Taken - what nodes may give it. Nothing holds configuration to it, so that the saver checks what it is given.
 * @typeParam Input - the options as a user writes them.
 */
export interface Saver<Options, Taken = unknown, Input = unknown> {
  /** The name in configuration, for example `csv`. */
  readonly type: string;
  readonly options: OptionsSchema<Options, Input>;
  /**
   * `options` are the output of the schema; see `parseOptions`. All or nothing: when it rejects, the old file is as
   * it was.
   */
  save(value: Taken, options: Options, context: IoContext): Promise<IoMetadata>;
  /**
   * The TypeScript type of what it takes for these options, on one line, so that `flowerpower check` can judge the node
   * that it saves. What TypeScript has globally may be used, and `import('a-package').Type`. Without it, and where
   * it is `unknown`, a value is judged when it is saved.
   */
  valueType?(options: Options): string;
}

/**
 * Declares a loader. Returns it as it is; the types of options and value are inferred. Prove it with
 * `loaderContract` from `@flowerpower/io/testing`.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for what is no loader.
 *
 * @example
 * ```ts
 * import { createHash } from 'node:crypto';
 * import { defineLoader } from '@flowerpower/io';
 * import * as v from 'valibot';
 *
 * export const hex = defineLoader({
 *   type: 'hex',
 *   options: v.strictObject({ path: v.string() }),
 *   async load(options, context) {
 *     const { fs, path } = context.resolve(options.path);
 *     const content = await fs.read(path, { signal: context.signal });
 *     const sha256 = createHash('sha256').update(content).digest('hex');
 *     const metadata = { uri: fs.uri(path), format: 'hex', bytes: content.byteLength, sha256 };
 *     return { value: Buffer.from(content).toString('hex'), metadata };
 *   },
 * });
 * ```
 */
export function defineLoader<Options, Value, Input = unknown>(
  loader: Loader<Options, Value, Input>,
): Loader<Options, Value, Input> {
  requireArgument('The loader', aLoader, loader, 'defineLoader');
  return loader;
}

/**
 * Declares a saver. Returns it as it is; the types of the options and of what it takes are inferred.
 *
 * Save through `fs.openWrite` or `fs.write`, which replace the file in one step, and prove it with `saverContract`
 * from `@flowerpower/io/testing`.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for what is no saver.
 *
 * @example
 * ```ts
 * import { createHash } from 'node:crypto';
 * import { defineSaver } from '@flowerpower/io';
 * import * as v from 'valibot';
 *
 * export const hex = defineSaver({
 *   type: 'hex',
 *   options: v.strictObject({ path: v.string() }),
 *   async save(value, options, context) {
 *     const { fs, path } = context.resolve(options.path);
 *     const content = Buffer.from(String(value), 'hex');
 *     await fs.write(path, content, { signal: context.signal });
 *     const sha256 = createHash('sha256').update(content).digest('hex');
 *     return { uri: fs.uri(path), format: 'hex', bytes: content.byteLength, sha256 };
 *   },
 * });
 * ```
 */
export function defineSaver<Options, Taken = unknown, Input = unknown>(
  saver: Saver<Options, Taken, Input>,
): Saver<Options, Taken, Input> {
  requireArgument('The saver', aSaver, saver, 'defineSaver');
  return saver;
}
