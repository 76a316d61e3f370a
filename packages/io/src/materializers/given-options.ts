/** In types: options as a user writes them, each of which may come from a node of the graph. */
import type { DataLoader, DataSaver, Source } from '@flowerpower/core';
import type { IoMetadata } from '../contract/io.js';
import type { StorageOptions } from './storage-options.js';

/** What is not changed may be given as a constant. */
type Constant<V> = V extends readonly (infer Item)[] ? readonly Item[] : V extends object ? Readonly<V> : V;

/** The options of a format, each plain or as `source('node')`, and beside them those of the filesystem of its path. */
export type GivenOptions<Options> = { readonly [K in keyof Options]: Constant<Options[K]> | Source } & {
  /** Over those that the project has for the scheme of the path. Always plain. */
  readonly storageOptions?: StorageOptions | undefined;
};

/** Refuses options that the format does not have, also where a generic type would let them pass. */
export type OnlyOptions<Given, Options> = {
  readonly [K in Exclude<keyof Given, keyof Options | 'storageOptions'>]: never;
};

/** The nodes that options come from, with the types of their values. */
export type NeedsOfOptions<Given, Options> = {
  readonly [K in keyof Given as Given[K] extends Source<infer Node> ? Node : never]: K extends keyof Options
    ? Exclude<Options[K], undefined>
    : unknown;
};

/** Makes loaders of one format. */
export type LoaderMaker<Options, Value, Metadata = IoMetadata> = <const Given extends GivenOptions<Options>>(
  options: Given & OnlyOptions<Given, Options>,
) => DataLoader<Value, Metadata, NeedsOfOptions<Given, Options>>;

/** Makes savers of one format. */
export type SaverMaker<Options, Taken> = <const Given extends GivenOptions<Options>>(
  options: Given & OnlyOptions<Given, Options>,
) => DataSaver<Taken, IoMetadata, NeedsOfOptions<Given, Options>>;
