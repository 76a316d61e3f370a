/** In types: options as a user writes them, each of which may come from a node of the graph. */
import type { DataLoader, DataSaver, Source } from '@flowerpower/core';
import type { IoMetadata, Loaded } from '../contract/io.js';
import type { OptionsSchema } from '../contract/options-schema.js';
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

/** Options as they are written. Where the schema does not tell, what it makes of them, each of which may be missing. */
type AsWritten<Options, Input> = unknown extends Input ? Partial<Options> : Input;

type OrWhole<Part, Whole> = [Part] extends [never] ? Whole : Part;

/** Of what a loader gives, the members that go with the option `as`. */
type ValueAs<Value, Given> = Given extends { readonly as: infer Form }
  ? [Form] extends ['batches']
    ? OrWhole<Extract<Value, AsyncIterable<unknown>>, Value>
    : Form extends string | undefined
      ? OrWhole<Exclude<Value, AsyncIterable<unknown>>, Value>
      : Value
  : OrWhole<Exclude<Value, AsyncIterable<unknown>>, Value>;

/** What makes loaders of one format, as the format types it. */
export type LoaderMakerOf<Format> = Format extends {
  readonly options: OptionsSchema<infer Options, infer Input>;
  load(...given: never[]): Promise<Loaded<infer Value>>;
}
  ? <const Given extends GivenOptions<AsWritten<Options, Input>>>(
      options: Given & OnlyOptions<Given, AsWritten<Options, Input>>,
    ) => DataLoader<
      ValueAs<Value, Given>,
      Loaded<unknown>['metadata'],
      NeedsOfOptions<Given, AsWritten<Options, Input>>
    >
  : LoaderMaker<Readonly<Record<string, unknown>>, unknown, Loaded<unknown>['metadata']>;

/** What makes savers of one format, as the format types it. */
export type SaverMakerOf<Format> = Format extends {
  readonly options: OptionsSchema<infer Options, infer Input>;
  save(value: infer Taken, ...given: never[]): unknown;
}
  ? SaverMaker<AsWritten<Options, Input>, Taken>
  : SaverMaker<Readonly<Record<string, unknown>>, unknown>;
